import EventLog
import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

/// What an eye on the rows finds that no event accounts for.
@Suite("The invariants of payments")
struct PaymentInvariantsTests {
    private func findings(_ stage: PaymentStage) throws -> [PaymentFinding] {
        try stage.store.read { try PaymentInvariants.findings(in: $0) }
    }

    @Test("name what is still open of a dispute that is over", arguments: [DisputeState.inquiry, .won, .lost])
    func disputeOver(state: DisputeState) async throws {
        let stage = try await PaymentStage()
        let id = try await stage.captured()
        try await stage.hear(.chargebackOpened(.eur(400), fee: nil), of: id, movement: "dp_1")
        let dispute = try #require(stage.store.read { try $0.group(Dispute.byPayment, id).first })
        #expect(try findings(stage) == [])

        let context = stage.context
        try await stage.store.database.write(.first) { work in
            var over = dispute
            over.state = state
            over.hold = nil
            work.update(over)
            try WorkItemStore.settle(.dispute, of: AllowedText(dispute.id), in: &work, context: context)
        }
        let path = try #require(AccountPath("disputes:sandbox:receivable:EUR"))
        #expect(try findings(stage) == [.unexplained(path, dispute.item, .eur(400))])
    }

    @Test("allow it where the provider ended a dispute with another amount, which is flagged")
    func disputeConflicted() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.captured()
        try await stage.hear(.chargebackOpened(.eur(400), fee: nil), of: id, movement: "dp_1")
        try await stage.hear(.chargebackLost(.eur(300)), of: id, movement: "dp_1")
        #expect(try stage.posted("disputes:sandbox:receivable:EUR") == 100)
        #expect(try stage.payment(id).isConflicted)
        #expect(try findings(stage) == [])
    }

    @Test("allow money in suspense whose payment is flagged, on the list or off it")
    func suspenseFlagged() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.authorized()
        let capture = try await stage.capture(id)
        try await stage.send()
        try await stage.hear(.captured(.usd(700), fee: nil), of: id, capture.id, movement: "cap_1")
        try await resolve(.currencyDiffers, of: id, on: stage)
        #expect(try findings(stage) == [])
    }

    @Test("name a payment's money in suspense of which nobody was told")
    func suspenseUntold() async throws {
        let stage = try await PaymentStage()
        let payment = try await stage.payment(stage.captured())
        let context = stage.context
        let suspended = PostingRules.suspended(payment, .usd(700), owes: .provider, on: FactDates())
        let draft = try #require(suspended.draft)
        try await stage.store.database.write(.first) { work in
            var journal = LedgerJournal()
            _ = try LedgerStore.post(draft, in: &work, journal: &journal)
            work.append(CommandsSubmitted(providerAccount: Example.sandbox, operations: []), context: context)
        }
        let path = try #require(AccountPath("suspense:sandbox:USD"))
        #expect(try findings(stage) == [.unexplained(path, payment.item, .usd(700))])
    }

    @Test("name money that a closed account sent to suspense when it is off the list")
    func suspenseOffTheList() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.ended(.failed)
        try await stage.change("merchant:acme:payable:EUR", .close)
        try await stage.hear(.captured(.eur(1_000), fee: nil), of: id, movement: "cap_1")
        #expect(try findings(stage) == [])

        try await resolve(.redirectedPosting, of: id, on: stage)
        let path = try #require(AccountPath("suspense:closed_accounts:EUR"))
        let item = try stage.payment(id).item
        #expect(try findings(stage) == [.unexplained(path, item, .eur(1_000))])
    }

    private func resolve(_ kind: WorkItemKind, of payment: PaymentID, on stage: PaymentStage) async throws {
        let context = stage.context
        try await stage.store.database.write(.first) { work in
            try WorkItemStore.settle(kind, of: AllowedText(payment), as: .done, in: &work, context: context)
        }
    }
}
