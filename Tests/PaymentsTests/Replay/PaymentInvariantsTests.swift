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

    @Test("name a command that says nothing is left to ask of an operation that is open")
    func commandDone() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.charge()
        #expect(try findings(stage) == [])
        let command = try await damage(stage, id) { $0.status = .done }
        #expect(try findings(stage) == [.commandUnfit(id, command)])
    }

    @Test("name a command that is being sent while its operation is noted as not sent")
    func commandEarly() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.charge()
        let command = try await damage(stage, id) {
            $0.status = .claimed
            $0.attemptCount = 1
        }
        #expect(try findings(stage) == [.commandUnfit(id, command)])
    }

    @Test("allow a command that is asked about before it is sent, as after a restore")
    func commandAskedFirst() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.charge()
        _ = try await damage(stage, id) {
            $0.task = .lookUp
            $0.status = .claimed
            $0.attemptCount = 1
        }
        #expect(try findings(stage) == [])
    }

    @Test("name an operation whose command is gone, and a command whose operation is")
    func commandGone() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.charge()
        try stage.store.raw().execute("UPDATE provider_command SET id = id + 1")
        let stranger = ProviderCommandID(rawValue: id.rawValue + 1)
        let operation = PaymentOperationID(rawValue: id.rawValue)
        #expect(try findings(stage) == [.commandMissing(id, operation), .commandUnknown(stranger)])
    }

    /// Changes the command of a payment's authorization past all that writes it.
    private func damage(
        _ stage: PaymentStage, _ payment: PaymentID, _ body: @escaping @Sendable (inout ProviderCommandRow) -> Void
    ) async throws -> ProviderCommandID {
        let (id, context) = (ProviderCommandID(rawValue: payment.rawValue), stage.context)
        try await stage.store.database.write(.first) { work in
            var command = try #require(try ProviderCommandStore.find(id, in: work))
            body(&command)
            work.update(command)
            work.append(CommandsSubmitted(providerAccount: Example.sandbox, operations: []), context: context)
        }
        return id
    }

    private func resolve(_ kind: WorkItemKind, of payment: PaymentID, on stage: PaymentStage) async throws {
        let context = stage.context
        try await stage.store.database.write(.first) { work in
            try WorkItemStore.settle(kind, of: AllowedText(payment), as: .done, in: &work, context: context)
        }
    }
}
