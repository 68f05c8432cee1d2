import EventLog
import Ledger
import Money
import Storage
import SummaTestKit
import Testing

@testable import Reconciliation

@Suite("How a provider settles with us")
struct SettlementTermsTests {
    private func set(_ terms: SettlementTerms, _ stage: ReconciliationStage) async throws {
        try await SetSettlementTerms(database: stage.store.database).run(
            .init(book: .first, terms: terms, context: stage.context))
    }

    private func terms(
        _ account: String = "sandbox", bank: String = "main", tolerance: Int64 = 1, arrival: Int64 = 3,
        patience: Int64 = 30
    ) -> SettlementTerms {
        SettlementTerms(
            providerAccount: ReconciliationExample.segment(account), bank: ReconciliationExample.segment(bank),
            roundingTolerance: tolerance, arrivalDays: arrival, patienceDays: patience)
    }

    @Test("is said anew for files to come, and the same again is no event")
    func changes() async throws {
        let stage = try await ReconciliationStage()
        try await set(terms(tolerance: 5), stage)
        let before = try stage.events().count
        try await set(terms(tolerance: 5), stage)
        #expect(try stage.events().count == before)
        #expect(try stage.count(of: SettlementTermsSet.type) == 2)
        try stage.expectSound()
    }

    @Test(
        "keeps its numbers within reason, on both sides of each bound",
        arguments: [
            (Int64(100), Int64(60), Int64(3_650), true), (101, 0, 0, false), (0, 61, 0, false), (0, 0, 3_651, false),
            (-1, 0, 0, false), (0, -1, 0, false), (0, 0, -1, false), (0, 0, 0, true),
        ])
    func bounds(tolerance: Int64, arrival: Int64, patience: Int64, allowed: Bool) async throws {
        let stage = try await ReconciliationStage()
        let terms = terms(tolerance: tolerance, arrival: arrival, patience: patience)
        if allowed {
            try await set(terms, stage)
        } else {
            await #expect(throws: TermsRejection.outOfRange) { try await set(terms, stage) }
        }
        try stage.expectSound()
    }

    @Test("is of a provider account that is there, and of its bank")
    func account() async throws {
        let stage = try await ReconciliationStage()
        await #expect(throws: TermsRejection.unknownProviderAccount(ReconciliationExample.segment("stranger"))) {
            try await set(terms("stranger"), stage)
        }
        await #expect(throws: TermsRejection.otherBank(ReconciliationStage.bank)) {
            try await set(terms(bank: "other"), stage)
        }
    }
}
