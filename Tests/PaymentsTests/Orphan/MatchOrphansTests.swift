import EventLog
import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("Facts that named no payment")
struct MatchOrphansTests {
    @Test("are looked at page by page, and those that still name none stay")
    func stay() async throws {
        let stage = try await PaymentStage()
        for number in 1...5 {
            try await stage.hear(stage.fact(.captured(.eur(100), fee: nil), reference: "auth_nobody_\(number)"))
        }
        let sequence = try stage.store.read { $0.asOf }
        #expect(try await looks(stage, limit: 2) == 3)
        #expect(try stage.openWork().count == 5)
        #expect(try stage.store.read { $0.asOf } == sequence)
        try stage.expectSound()
    }

    @Test("are matched when their payment got the name, and looked at no more")
    func matched() async throws {
        let stage = try await PaymentStage()
        let payment = try await stage.charge()
        try await stage.send()
        try await stage.hear(
            stage.fact(.captured(.eur(1_000), fee: nil), reference: "auth_\(payment)", movement: "cap_1"))
        try await stage.hear(.authorized(.eur(1_000)), of: payment, stage.payment(payment).authorizationOperation)
        #expect(try stage.payment(payment).status == .captured)
        #expect(try await looks(stage, limit: 2) == 1)
        #expect(try stage.payment(payment).amounts.captured == .eur(1_000))
        try stage.expectSound()
    }

    /// Looks at all of them. Answers in how many pages.
    private func looks(_ stage: PaymentStage, limit: Int) async throws -> Int {
        let matching = MatchOrphans(database: stage.store.database, outcomes: stage.recordOutcome)
        var pages = 0
        var last: OrphanFactID?
        repeat {
            last = try await matching.step(.first, after: last, limit: limit)
            pages += 1
        } while last != nil
        return pages
    }
}
