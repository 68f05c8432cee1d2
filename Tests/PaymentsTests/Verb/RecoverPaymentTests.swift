import EventLog
import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("Recovering a payment these books have forgotten")
struct RecoverPaymentTests {
    private let provider = ScriptedProvider()
    private static let id = PaymentID(rawValue: 1 << 60)
    private static let name = ProviderReference("auth_17")

    private func recover(_ stage: PaymentStage, merchant: String? = nil) async throws -> RecoveryOutcome {
        let recovering = RecoverPayment(
            database: stage.store.database, directory: try stage.directory(provider), outcomes: stage.recordOutcome)
        return try await recovering.run(
            .init(
                book: .first, providerAccount: Example.sandbox, payment: try #require(Self.name),
                merchant: merchant.flatMap { PathSegment($0) }, context: stage.context))
    }

    private func fact(
        _ statement: ProviderFact.Statement, command: Int64 = id.rawValue, movement: String? = nil,
        at moment: Instant
    ) -> ProviderFact {
        ProviderFact(
            statement, paymentReference: Self.name, movementReference: movement.flatMap { ProviderReference($0) },
            operationReference: ProviderCommandID(rawValue: command).description, occurredAt: moment, origin: .lookUp)
    }

    private func recalled(
        _ facts: [ProviderFact], reference: String? = ProviderCommandID(rawValue: id.rawValue).description,
        capture: CaptureMode = .manual, final: String? = nil
    ) -> RecallReply {
        .found(
            RecalledPayment(
                reference: reference, amount: .eur(1_000), method: Example.method, captureMode: capture, facts: facts,
                finalCaptures: Set([final.flatMap { ProviderReference($0) }].compactMap(\.self))))
    }

    @Test("makes it anew under the number it had, with all the provider says of it, and sends nothing")
    func whole() async throws {
        let stage = try await PaymentStage()
        let now = stage.store.clock.now
        provider.answerRecalls(
            recalled(
                [
                    fact(.authorized(.eur(1_000)), at: now),
                    fact(.captured(.eur(600), fee: nil), command: 1 << 59, movement: "cap_1", at: now),
                    fact(.refunded(.eur(100), fee: nil), command: 1 << 58, movement: "rfd_1", at: now),
                ], final: "cap_1"))
        #expect(try await recover(stage) == .recovered)

        let payment = try stage.payment(Self.id)
        #expect(payment.status == .captured && payment.merchant == Example.acme && payment.holds.isEmpty)
        #expect(payment.amounts.captured == .eur(600) && payment.amounts.refunded == .eur(100))
        let operations = try stage.store.read { rows in
            try [1 << 59, 1 << 58].map { try PaymentOperationStore.find(PaymentOperationID(rawValue: $0), in: rows) }
        }
        #expect(operations.map { $0?.kind } == [.capture, .refund])
        #expect(operations.allSatisfy { $0?.origin == .request && $0?.state == .succeeded })
        #expect(try stage.posted("provider:sandbox:receivable:EUR") == 500)
        #expect(try stage.events().count { $0.type == PaymentRecovered.type } == 1)

        try await stage.step(try stage.worker(provider), after: .hours(2))
        #expect(provider.submitted.isEmpty && provider.lookedUp.isEmpty)
        try stage.expectSound()
    }

    @Test("does nothing when it is run again")
    func twice() async throws {
        let stage = try await PaymentStage()
        let reply = recalled(
            [
                fact(.authorized(.eur(1_000)), at: stage.store.clock.now),
                fact(.captured(.eur(1_000), fee: nil), movement: "cap_1", at: stage.store.clock.now),
            ], capture: .automatic)
        provider.answerRecalls(reply, reply)
        #expect(try await recover(stage) == .recovered)
        let sequence = try stage.store.read { $0.asOf }
        #expect(try await recover(stage) == .known)
        #expect(try stage.store.read { $0.asOf } == sequence)
        #expect(try stage.posted("merchant:acme:payable:EUR") == 1_000)
        try stage.expectSound()
    }

    @Test("hears of a known payment only what it lacks, under the number the refund had")
    func known() async throws {
        let stage = try await PaymentStage()
        let payment = try await stage.captured()
        let name = try #require(try stage.payment(payment).providerReference)
        let refund = ProviderFact(
            .refunded(.eur(300), fee: nil), paymentReference: name, movementReference: ProviderReference("rfd_1"),
            operationReference: ProviderCommandID(rawValue: 1 << 58).description, occurredAt: stage.store.clock.now,
            origin: .lookUp)
        let reply = recalled([refund], reference: ProviderCommandID(rawValue: payment.rawValue).description)
        provider.answerRecalls(reply, reply)
        #expect(try await recover(stage) == .completed)
        #expect(try stage.payment(payment).amounts.refunded == .eur(300))
        #expect(try await recover(stage) == .known)
        let operation = try stage.store.read {
            try PaymentOperationStore.find(PaymentOperationID(rawValue: 1 << 58), in: $0)
        }
        #expect(operation?.payment == payment && operation?.kind == .refund)
        try stage.expectSound()
    }

    @Test("adopts what the provider told of it meanwhile")
    func orphans() async throws {
        let stage = try await PaymentStage()
        let moment = stage.store.clock.now
        try await stage.hear(fact(.refunded(.eur(200), fee: nil), command: 1 << 58, movement: "rfd_1", at: moment))
        #expect(try stage.openWork().count == 1)
        provider.answerRecalls(
            recalled(
                [
                    fact(.authorized(.eur(1_000)), at: moment),
                    fact(.captured(.eur(1_000), fee: nil), movement: "cap_1", at: moment),
                    fact(.refunded(.eur(200), fee: nil), command: 1 << 58, movement: "rfd_1", at: moment),
                ], capture: .automatic))
        #expect(try await recover(stage) == .recovered)
        #expect(try stage.payment(Self.id).amounts.captured == .eur(1_000))
        #expect(try stage.payment(Self.id).amounts.refunded == .eur(200))
        try stage.expectSound()
    }

    @Test("changes nothing where there is nothing to make of what the provider says")
    func nothing() async throws {
        let stage = try await PaymentStage()
        let moment = stage.store.clock.now
        let sequence = try stage.store.read { $0.asOf }
        provider.answerRecalls(
            .notFound, .unknown(why: "silent"), recalled([]),
            recalled([fact(.authorized(.eur(1_000)), at: moment)], reference: nil),
            recalled([fact(.authorized(.eur(1_000)), at: moment)], reference: "order-1"))
        let expected: [RecoveryOutcome] = [.unknownThere, .unanswered, .undecided, .notOurs, .notOurs]
        for outcome in expected { #expect(try await recover(stage) == outcome) }
        #expect(try stage.store.read { $0.asOf } == sequence)
    }

    @Test("wants to be told whose sale it was, where nothing says so")
    func merchant() async throws {
        let stage = try await PaymentStage()
        provider.answerRecalls(recalled([fact(.authorized(.eur(1_000)), at: stage.store.clock.now)]))
        await #expect(throws: RequestRejection(.charge, .unknownMerchant)) {
            try await recover(stage, merchant: "nobody")
        }
        #expect(try stage.store.read { try PaymentStore.find(Self.id, in: $0) } == nil)
    }
}
