import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

@testable import Reconciliation

@Suite("A file that agrees with the books")
struct MatchedStatementTests {
    @Test("settles what it accounts for, and the bank's file brings it home")
    func wholeWay() async throws {
        let stage = try await ReconciliationStage()
        let first = try await stage.captured(.eur(1_000), "cap_1")
        let second = try await stage.captured(.eur(2_000), "cap_2")
        let settlement = try await stage.take([try .charge("cap_1", .eur(1_000)), try .charge("cap_2", .eur(2_000))])

        #expect(settlement.statement.isImported && !settlement.isRepeat)
        #expect(try stage.posted("provider:sandbox:receivable:EUR") == 0)
        #expect(try stage.posted("fees:provider:sandbox:EUR") == 39 + 53)
        #expect(try stage.posted("provider:sandbox:in_transit:EUR") == 3_000 - 92)
        #expect(try stage.payment(first).settlement == .full)
        #expect(try stage.payment(second).amounts.received == .eur(0))
        try stage.expectSound()

        try await stage.take(BankText([(.eur(2_908), "rem_20260331_EUR")]).bytes)
        #expect(try stage.posted("provider:sandbox:in_transit:EUR") == 0)
        #expect(try stage.posted("bank:main:cash:EUR") == 2_908)
        #expect(try stage.payment(second).amounts.received == .eur(2_000))
        let lines = try stage.store.read { try StatementStore.lines(of: second, in: $0) }
        #expect(lines.map(\.kind.name) == ["charge", "bank_transfer"])
        let story = try stage.store.read { try PaymentEventStore.events(of: second, limit: 100, in: $0) }
        let told = try story.filter { $0.type == LineBooked.type }.map { try $0.content(as: LineBooked.self).line.id }
        #expect(told == lines.map(\.id))
        #expect(try stage.breaks(nil).isEmpty)
        try stage.expectSound()
    }

    @Test("nets refunds, chargebacks and dispute fees; a negative remittance is drawn from our bank")
    func negativeRemittance() async throws {
        let stage = try await ReconciliationStage()
        let id = try await stage.captured(.eur(1_000), "cap_1")
        try await stage.hear(.chargebackOpened(.eur(1_000), fee: .eur(1_500)), of: id, movement: "dsp_1")
        try await stage.take([
            try .charge("cap_1", .eur(1_000)),
            .init(type: "chargeback", reference: "dsp_1", gross: .eur(-1_000), fee: .eur(0)),
            .init(type: "fee", reference: "dsp_1", gross: .eur(0), fee: .eur(1_500)),
        ])
        #expect(try stage.breaks(nil).isEmpty)
        #expect(try stage.posted("fees:provider:sandbox:EUR") == 1_539)
        #expect(try stage.posted("provider:sandbox:in_transit:EUR") == -1_539)
        #expect(try stage.posted("provider:sandbox:receivable:EUR") == 0)
        try await stage.take(BankText([(.eur(-1_539), "rem_20260331_EUR")]).bytes)
        #expect(try stage.posted("bank:main:cash:EUR") == -1_539)
        #expect(try stage.posted("provider:sandbox:in_transit:EUR") == 0)
        try stage.expectSound()
    }

    @Test("tells a refund that failed afterwards in two lines, as the books did")
    func undoneRefund() async throws {
        let stage = try await ReconciliationStage()
        let id = try await stage.captured(.eur(1_000), "cap_1")
        try await stage.hear(.refunded(.eur(400), fee: nil), of: id, movement: "ref_1")
        try await stage.hear(.refundFailed(ProviderFailure(.other, rawCode: "returned")), of: id, movement: "ref_1")
        try await stage.take([
            try .charge("cap_1", .eur(1_000)),
            .init(type: "refund", reference: "ref_1", gross: .eur(-400), fee: .eur(0)),
            .init(type: "refund_reversal", reference: "ref_1", gross: .eur(400), fee: .eur(0)),
        ])
        #expect(try stage.breaks(nil).isEmpty)
        #expect(try stage.posted("provider:sandbox:receivable:EUR") == 0)
        try stage.expectSound()
    }

    @Test("is one import however often its bytes come, and says so")
    func repeated() async throws {
        let stage = try await ReconciliationStage()
        try await stage.captured(.eur(1_000), "cap_1")
        let items = [try SettlementText.Item.charge("cap_1", .eur(1_000))]
        let first = try await stage.take(items)
        let before = try stage.events().count
        let second = try await stage.take(items)
        #expect(second.isRepeat && second.statement == first.statement)
        #expect(try stage.events().count == before)

        let bank = BankText([(.eur(961), "rem_20260331_EUR")]).bytes
        try await stage.take(bank)
        #expect(try await stage.take(bank).isRepeat)
        #expect(try stage.posted("bank:main:cash:EUR") == 961)
        try stage.expectSound()
    }

    @Test("is booked once when it comes many times at once")
    func concurrent() async throws {
        let stage = try await ReconciliationStage()
        for number in 1...20 { try await stage.captured(.eur(1_000), "cap_\(number)") }
        let items = try (1...20).map { try SettlementText.Item.charge("cap_\($0)", .eur(1_000)) }
        let bytes = SettlementText(items).bytes
        let (database, context) = (stage.store.database, stage.context)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 1...8 {
                group.addTask {
                    _ = try await ImportStatement(database: database).run(
                        .init(
                            book: .first, providerAccount: ReconciliationStage.sandbox, bytes: bytes,
                            context: context))
                }
            }
            try await group.waitForAll()
        }
        #expect(try stage.count(of: LineBooked.type) == 20)
        #expect(try stage.count(of: StatementImported.type) == 1)
        #expect(try stage.breaks(nil).isEmpty)
        try stage.expectSound()
    }
}
