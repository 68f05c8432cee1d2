import EventLog
import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("A fact for an unusual account or payment is booked, flagged and listed")
struct UnusualAccountTests {
    @Test("posted to a frozen account; requests are refused there")
    func frozen() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.authorized()
        let capture = try await stage.capture(id)
        try await stage.send()
        try await stage.change("merchant:acme:payable:EUR", .freeze)
        try await stage.hear(.captured(.eur(1_000), fee: nil), of: id, capture.id, movement: "cap_1")
        #expect(try stage.posted("merchant:acme:payable:EUR") == 1_000)
        #expect(try stage.openWork(AllowedText(id)) == [.frozenPosting])
        await #expect(throws: RequestRejection.self) { try await stage.refund(id, 1) }
        try stage.expectSound()
    }

    @Test("redirected to suspense from a closed account")
    func closed() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.ended(.failed)
        try await stage.change("merchant:acme:payable:EUR", .close)
        try await stage.hear(.captured(.eur(1_000), fee: nil), of: id, movement: "cap_1")
        #expect(
            try stage.trialBalance() == [
                "provider:sandbox:receivable:EUR": 1_000, "suspense:closed_accounts:EUR": 1_000,
            ])
        #expect(try Set(stage.openWork(AllowedText(id))) == [.lateSuccess, .redirectedPosting])
        try stage.expectSound()
    }

    @Test("a fact that names nothing we know waits, is listed, and is booked when its payment appears")
    func orphan() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.charge(capture: .automatic)
        try await stage.send()
        let early = stage.fact(.captured(.eur(1_000), fee: nil), reference: "auth_\(id)", movement: "cap_1")
        guard case .orphaned = try await stage.hear(early) else { throw NotOrphaned() }
        #expect(try stage.openWork() == [.orphanNotification])
        #expect(try stage.trialBalance() == [:])
        try await stage.hear(.authorized(.eur(1_000)), of: id, stage.payment(id).authorizationOperation)
        #expect(try stage.payment(id).status == .captured)
        #expect(try stage.posted("merchant:acme:payable:EUR") == 1_000)
        #expect(try stage.openWork() == [])
        try stage.expectSound()
    }

    @Test("a fact of another provider account about our reference is no word about our payment")
    func otherAccount() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.charge()
        try await stage.send()
        let command = ProviderCommandID(rawValue: id.rawValue)
        let fact = stage.fact(.authorized(.eur(1_000)), reference: "auth_1", command)
        let outcomes = try await stage.recordOutcome.run(
            .init(book: .first, providerAccount: Example.segment("other"), facts: [fact], context: stage.context))
        guard case .orphaned = outcomes.first else { throw NotOrphaned() }
        #expect(try stage.payment(id).status == .authorizing)
        try stage.expectSound()
    }

    @Test("a fact no rule can book is kept in sight", arguments: [Int64(0), -5])
    func unbookable(minorUnits: Int64) async throws {
        let stage = try await PaymentStage()
        let id = try await stage.authorized()
        let outcome = try await stage.hear(.captured(.eur(minorUnits), fee: nil), of: id, movement: "cap_1")
        #expect(outcome == .unbookable(id, .amountNotPositive))
        #expect(try stage.openWork(AllowedText(id)) == [.unbookableFact])
        #expect(try stage.trialBalance() == [:])
        try stage.expectSound()
    }

    @Test("an amount beyond what a counter holds is kept in sight, and nothing is booked in part")
    func overflow() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.captured(.eur(1_000))
        let outcome = try await stage.hear(.captured(.eur(.max), fee: nil), of: id, movement: "cap_2")
        guard case .unbookable(id, _) = outcome else { throw NotOrphaned() }
        #expect(try stage.posted("merchant:acme:payable:EUR") == 1_000)
        #expect(try stage.openWork(AllowedText(id)) == [.unbookableFact])
        try stage.expectSound()
    }

    private struct NotOrphaned: Error {}
}
