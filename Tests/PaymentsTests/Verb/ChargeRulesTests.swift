import EventLog
import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("A charge")
struct ChargeRulesTests {
    @Test("of a merchant or provider account that is not there is refused, and nothing is written")
    func unknownParties() async throws {
        let stage = try await PaymentStage()
        let events = try stage.events().count
        await #expect(throws: RequestRejection(.charge, .unknownMerchant)) {
            try await stage.createCharge.run(command(stage, merchant: Example.segment("nobody")))
        }
        await #expect(throws: RequestRejection(.charge, .unknownProviderAccount)) {
            try await stage.createCharge.run(command(stage, providerAccount: Example.segment("nobody")))
        }
        #expect(try stage.events().count == events)
        // Corrected, it may use its key.
        #expect(try await !stage.createCharge.run(command(stage)).isRejected)
    }

    @Test("has to name its merchant where the book has several")
    func ambiguousMerchant() async throws {
        let stage = try await PaymentStage()
        _ = try await CreateMerchant(database: stage.store.database, texts: stage.texts, random: CountingBytes()).run(
            .init(
                book: .first, code: Example.segment("ada"),
                terms: MerchantTerms(feePlan: try FeePlan(basisPoints: 0, rounding: .halfEven)),
                context: stage.context))
        await #expect(throws: RequestRejection(.charge, .unknownMerchant)) {
            try await stage.createCharge.run(command(stage))
        }
        let answer = try await stage.createCharge.run(command(stage, merchant: Example.segment("ada")))
        #expect(!answer.isRejected)
        #expect(try stage.balance("merchant:ada:payable:EUR")?.pending == .eur(1_000))
        try stage.expectSound()
    }

    @Test("in a currency the contract does not take, or in parts of its step, is refused; the refusal is kept")
    func contract() async throws {
        let stage = try await PaymentStage { $0.minorUnitSteps = [Currency.kwd.code: 10] }
        let gbp = try await stage.createCharge.run(stage.chargeCommand(.gbp(100), key: "gbp"))
        #expect(gbp.body == .rejected(RequestRejection(.charge, .currencyUnsupported, requested: .gbp(100))))
        let kwd = try await stage.createCharge.run(stage.chargeCommand(.kwd(1_005), key: "kwd"))
        #expect(
            kwd.body == .rejected(RequestRejection(.charge, .minorUnitStep, requested: .kwd(1_005), limit: .kwd(10))))
        #expect(try await stage.createCharge.run(stage.chargeCommand(.kwd(1_005), key: "kwd")).isReplayed)
        _ = try await stage.charge(.kwd(1_010), key: "kwd-2")
        #expect(try stage.allPayments().count == 1)
        try stage.expectSound()
    }

    @Test("takes a fee up to its amount and not above", arguments: [(Int64(1_000), true), (1_001, false)])
    func fee(minorUnits: Int64, isTaken: Bool) async throws {
        let stage = try await PaymentStage()
        let answer = try await stage.createCharge.run(stage.chargeCommand(key: "k", platformFee: .eur(minorUnits)))
        #expect(answer.isRejected != isTaken)
    }

    @Test("of nothing, or with a fee below nothing or in another currency, is not even a command")
    func notACommand() async throws {
        let stage = try await PaymentStage()
        for amount in [Amount.eur(0), .eur(-1)] {
            #expect(throws: RequestRejection(.charge, .amountNotPositive, requested: amount)) {
                try stage.chargeCommand(amount, key: "k")
            }
        }
        #expect(throws: RequestRejection.self) { try stage.chargeCommand(key: "k", platformFee: .eur(-1)) }
        #expect(throws: RequestRejection.self) { try stage.chargeCommand(key: "k", platformFee: .usd(1)) }
    }

    @Test("of as much as a counter holds is taken; the one more is refused by the books, and its key stays free")
    func largest() async throws {
        let stage = try await PaymentStage()
        _ = try await stage.charge(.eur(.max), key: "most")
        // Others fill a counter, and others empty it: the same request may be made again.
        for _ in 0..<2 {
            let rejection = await #expect(throws: RequestRejection.self) {
                _ = try await stage.createCharge.run(stage.chargeCommand(.eur(1), key: "more"))
            }
            #expect(rejection?.code == .balanceOverflow)
        }
        #expect(try stage.allPayments().count == 1)
        try stage.expectSound()
    }

    @Test("keeps the caller's words out of the log, and their salted hash in it")
    func words() async throws {
        let stage = try await PaymentStage()
        let answer = try await stage.createCharge.run(stage.chargeCommand(key: "k", description: "Two blue mugs"))
        guard case .payment(let row) = answer.body else { throw PaymentStage.Refused(body: answer.body) }
        let event = try #require(stage.events().last)
        #expect(!String(decoding: event.bytes, as: UTF8.self).contains("mugs"))
        #expect(try event.content(as: ChargeInitiated.self).description != nil)
        let reading = try stage.store.read {
            try stage.texts.read(.description, of: AllowedText(row.payment.id), in: $0)
        }
        guard case .text(let text, _) = reading else { throw PaymentStage.Refused(body: answer.body) }
        #expect(String(decoding: text, as: UTF8.self) == "Two blue mugs")
    }

    private func command(
        _ stage: PaymentStage, merchant: PathSegment? = nil, providerAccount: PathSegment? = nil
    ) throws -> CreateCharge.Command {
        try CreateCharge.Command(
            book: .first, request: PaymentStage.request("/v1/charges", "/v1/charges", key: "k"), amount: .eur(1_000),
            method: Example.method, merchant: merchant, providerAccount: providerAccount, context: stage.context)
    }
}
