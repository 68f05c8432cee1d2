import EventLog
import Ledger
import Storage

/// Writes down what came of one attempt at asking a provider, in one commit: the facts it stated, how the attempt ended, and
/// what is to be asked next and when.
///
/// If the process dies before the commit, the attempt's lease runs out and the provider is asked what became of it.
struct RecordProviderAnswer: Sendable {
    let database: Database
    let outcomes: RecordProviderOutcome
    let patience: ProviderPatience

    func run(_ reply: ProviderReply, to claimed: ClaimedCommand, of book: BookID) async throws {
        switch reply {
        case .facts(let facts): try await record(facts, of: claimed, in: book)
        case .accepted:
            try await write(claimed, .accepted, in: book) { work in
                try ProviderCommandStore.settle(claimed.command.id, lookUpAt: nextLookUp(claimed, work.now), in: &work)
            }
        case .unavailable(let failure):
            try await write(claimed, .unavailable, in: book) { try sendAgainOrGiveUp(claimed, failure, in: &$0) }
        case .unknown:
            try await write(claimed, .unknown, in: book) { work in
                try RecordLostAnswer.perform(
                    claimed.command.id, lookUpAt: nextLookUp(claimed, work.now), context: Self.context, in: &work)
            }
        }
    }

    func run(_ reply: LookUpReply, to claimed: ClaimedCommand, of book: BookID) async throws {
        switch reply {
        case .found(let facts): try await record(facts, of: claimed, in: book)
        case .notFound:
            let failure = ProviderFailure(.providerUnavailable, rawCode: "not_found")
            try await write(claimed, .notFound, in: book) { try sendAgainOrGiveUp(claimed, failure, in: &$0) }
        case .unknown:
            try await write(claimed, .unknown, in: book) { work in
                try ProviderCommandStore.requestLookUp(
                    claimed.command.id, at: nextLookUp(claimed, work.now), in: &work)
                try LastingDoubt(patience: patience).tellPeople(
                    of: claimed.command.id, context: Self.context, in: &work)
            }
        }
    }

    static let context = EventContext(actor: "system:provider-worker")

    // MARK: What is written

    private func record(_ facts: [ProviderFact], of claimed: ClaimedCommand, in book: BookID) async throws {
        let heard = outcomes.hear(facts)
        let keys = heard.flatMap { $0.expectedKeys(at: claimed.providerAccount) }
        let context = EventContext(actor: .provider(claimed.providerAccount))
        try await write(claimed, .facts, expecting: keys, in: book) { work in
            for fact in heard {
                _ = try outcomes.perform(fact, from: claimed.providerAccount, context: context, in: &work)
            }
            try ProviderCommandStore.settle(claimed.command.id, lookUpAt: nextLookUp(claimed, work.now), in: &work)
        }
    }

    private func write(
        _ claimed: ClaimedCommand, _ result: AttemptResult, expecting keys: [ExpectedKey] = [], in book: BookID,
        _ body: @escaping @Sendable (inout UnitOfWork) throws -> Void
    ) async throws {
        let id = claimed.command.id
        let attempt = PairKey(id, claimed.attempt)
        let rows: [ExpectedKey] = [.row(ProviderCommandRow.self, id), .row(ProviderAttempt.self, attempt)]
        try await database.write(book, expecting: rows + keys) { work in
            try body(&work)
            try ProviderAttemptStore.end(id, claimed.attempt, as: result, in: &work)
        }
    }

    /// It certainly did nothing. While there is patience it is sent again, under the same idempotency key; then it failed.
    private func sendAgainOrGiveUp(
        _ claimed: ClaimedCommand, _ failure: ProviderFailure, in work: inout UnitOfWork
    ) throws {
        let command = claimed.command
        guard try isOpen(command.id, in: work) else {
            return try ProviderCommandStore.finishUnlessAsked(command.id, in: &work)
        }
        guard patience.isSpent(claimed.attempt, on: command.kind) else {
            let dueAt = work.now.advanced(by: patience.sendAgain(after: claimed.attempt))
            return try ProviderCommandStore.sendAgain(command.id, at: dueAt, in: &work)
        }
        let fact = ProviderFact(
            .failure(failure, of: command.kind), paymentReference: command.paymentReference,
            operationReference: command.reference, occurredAt: work.now,
            origin: claimed.task == .submit ? .reply : .lookUp)
        _ = try outcomes.perform(
            HeardFact(fact, address: nil), from: claimed.providerAccount, context: Self.context, in: &work)
        try ProviderCommandStore.settle(command.id, lookUpAt: nextLookUp(claimed, work.now), in: &work)
    }

    private func isOpen(_ id: ProviderCommandID, in work: borrowing UnitOfWork) throws -> Bool {
        guard let row = try ProviderCommandStore.find(id, in: work) else { return false }
        return try PaymentOperationStore.find(row.operation, of: row.payment, in: work)?.state.isOpen == true
    }

    private func nextLookUp(_ claimed: ClaimedCommand, _ now: Instant) -> Instant {
        now.advanced(by: patience.lookUp(after: claimed.attempt))
    }
}

extension ProviderFact.Statement {
    /// That a command certainly did nothing and never will.
    fileprivate static func failure(_ failure: ProviderFailure, of kind: ProviderCommand.Kind) -> Self {
        switch kind {
        case .authorize: .failed(failure)
        case .capture: .captureFailed(failure)
        case .void: .voidFailed(failure)
        case .refund: .refundFailed(failure)
        }
    }
}
