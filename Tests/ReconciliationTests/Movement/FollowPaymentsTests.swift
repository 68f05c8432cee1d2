import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

@testable import Reconciliation

@Suite("What a file is to account for")
struct FollowPaymentsTests {
    private func movements(of payment: PaymentID, _ stage: ReconciliationStage) async throws -> [ExpectedMovement] {
        try await FollowPayments(database: stage.store.database).catchUp(.first)
        return try stage.store.read { try $0.group(ExpectedMovement.byPayment, payment) }
            .sorted { $0.kind.rawValue < $1.kind.rawValue }
    }

    @Test("is a capture with the fee that was stated, and what of it was expensed at once")
    func feeAtCapture() async throws {
        for (recognition, booked) in [(FeeRecognition.settlement, Amount.eur(0)), (.capture, .eur(39))] {
            let stage = try await ReconciliationStage(recognition)
            let id = try await stage.captured(.eur(1_000), "cap_1", fee: .eur(39))
            let movement = try #require(try await movements(of: id, stage).first)
            #expect(movement.gross == .eur(1_000) && movement.fee == .eur(39) && movement.feeBooked == booked)
            #expect(movement.providerReference?.text == "cap_1")
            try await stage.take([try .charge("cap_1", .eur(1_000))])
            #expect(try stage.posted("fees:provider:sandbox:EUR") == 39)
            #expect(try stage.posted("provider:sandbox:receivable:EUR") == 0)
            #expect(try stage.breaks().isEmpty)
            try stage.expectSound()
        }
    }

    @Test("is what moved, in the currency it moved in")
    func otherCurrency() async throws {
        let stage = try await ReconciliationStage()
        let id = try await stage.captured(.eur(1_000), "cap_1", as: .usd(1_000))
        #expect(try await movements(of: id, stage).map(\.gross) == [.usd(1_000)])
        try await stage.take([try .charge("cap_1", .usd(1_000))])
        #expect(try stage.breaks().isEmpty)
        #expect(try stage.posted("provider:sandbox:receivable:USD") == 0)
        #expect(try stage.payment(id).amounts.settled == .eur(0))
        try stage.expectSound()
    }

    @Test("is the taking and the giving back of a chargeback whose opening nobody told")
    func wonUnseen() async throws {
        let stage = try await ReconciliationStage()
        let id = try await stage.captured(.eur(1_000), "cap_1")
        try await stage.hear(.chargebackWon(.eur(1_000), feeReturned: nil), of: id, movement: "dsp_1")
        let found = try await movements(of: id, stage)
        #expect(found.map(\.kind) == [.charge, .chargeback, .chargebackReversal])
        #expect(found.map(\.gross) == [.eur(1_000), .eur(-1_000), .eur(1_000)])
        try stage.expectSound()
    }

    @Test("is a dispute fee as the fee of a line without a gross")
    func disputeFee() async throws {
        let stage = try await ReconciliationStage()
        let id = try await stage.captured(.eur(1_000), "cap_1")
        try await stage.hear(.chargebackOpened(.eur(400), fee: .eur(1_500)), of: id, movement: "dsp_1")
        let fee = try #require(try await movements(of: id, stage).first { $0.kind == .disputeFee })
        #expect(fee.gross == .eur(0) && fee.fee == .eur(1_500) && fee.feeBooked == .eur(1_500))
    }

    @Test("is derived once, however often the log is followed")
    func once() async throws {
        let stage = try await ReconciliationStage()
        let id = try await stage.captured(.eur(1_000), "cap_1")
        let first = try await movements(of: id, stage)
        #expect(try await movements(of: id, stage) == first && first.count == 1)
    }

    /// The rows are derived: they may be lost, and the log and the files' rows make them again.
    @Test("is made anew as it stood, after files and people have had their say")
    func madeAnew() async throws {
        let stage = try await ReconciliationStage()
        for name in ["agrees", "short", "part", "other", "back", "twice", "missing", "given_up"] {
            try await stage.captured(.eur(1_000), "cap_\(name)")
        }
        try await stage.take([
            try .charge("cap_agrees", .eur(1_000)), try .charge("cap_twice", .eur(1_000)),
            try .charge("cap_twice", .eur(1_000)), try .charge("cap_later", .eur(1_000)),
            .init(reference: "cap_short", gross: .eur(999), fee: .eur(39)),
            .init(reference: "cap_part", gross: .eur(600), fee: .eur(39)),
            .init(reference: "cap_other", gross: .usd(1_000), fee: .usd(39)),
            .init(reference: "cap_back", gross: .usd(1_000), fee: .usd(39)),
        ])
        try await stage.captured(.eur(1_000), "cap_later")
        try await stage.take([.init(reference: "cap_back", gross: .usd(-1_000), fee: .usd(-39))], name: "stl_2")
        for broken in try stage.breaks() where broken.row.facts.providerReference?.text == "cap_short" {
            try await stage.approve(try await stage.propose(.rounding, for: broken.row.id).id)
        }
        stage.store.clock.advance(by: .days(40))
        for broken in try stage.breaks() where broken.row.facts.providerReference?.text == "cap_given_up" {
            try await stage.approve(try await stage.propose(.writeOff, for: broken.row.id).id)
        }
        try await FollowPayments(database: stage.store.database).catchUp(.first)
        let before = try allMovements(stage)
        let events = try stage.events().count

        try await stage.store.database.write(.first) { work in
            for movement in before { work.delete(ExpectedMovement.self, movement.key) }
            work.delete(MovementCursor.self, MovementCursor.only)
        }
        #expect(try allMovements(stage).isEmpty)
        try await FollowPayments(database: stage.store.database).catchUp(.first)
        #expect(try allMovements(stage) == before && before.count == 9)
        #expect(try stage.events().count == events)
        try stage.expectSound()
    }

    private func allMovements(_ stage: ReconciliationStage) throws -> [ExpectedMovement] {
        try stage.store.read { try $0.select(ExpectedMovement.self, "subject > 0 ORDER BY kind, subject") }
    }
}
