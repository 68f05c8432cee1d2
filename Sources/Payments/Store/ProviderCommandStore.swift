import Ledger
import Storage

/// The queue of what providers are to be asked.
///
/// A command is sent once. After that it is asked about until its operation is closed; it is sent again only when the
/// provider has certainly done nothing, and then under the same idempotency key.
package enum ProviderCommandStore {
    /// Adds the command of an operation, to be sent at once.
    package static func enqueue(
        _ operation: PaymentOperation, of payment: Payment, in work: inout UnitOfWork
    ) {
        work.insert(ProviderCommandRow(operation, of: payment, dueAt: work.now))
    }

    package static func find(
        _ id: ProviderCommandID, in work: borrowing UnitOfWork
    ) throws -> ProviderCommandRow? {
        try work.find(ProviderCommandRow.self, id)
    }

    /// Takes a due command for one attempt.
    static func claim(
        _ command: ProviderCommandRow, until leaseEnd: Instant, in work: inout UnitOfWork
    ) -> ProviderCommandRow {
        var claimed = command
        claimed.status = .claimed
        claimed.attemptCount += 1
        claimed.dueAt = leaseEnd
        work.update(claimed)
        return claimed
    }

    /// The provider is to be asked, from then on, what became of it. One that was never sent has nothing to be asked about.
    package static func requestLookUp(
        _ id: ProviderCommandID, at dueAt: Instant, in work: inout UnitOfWork
    ) throws {
        guard var command = try find(id, in: work), command.attemptCount > 0 else { return }
        command.task = .lookUp
        command.status = .ready
        command.dueAt = dueAt
        work.update(command)
    }

    /// It may have been sent by books that have forgotten it: the provider is asked before it is.
    static func askFirst(_ id: ProviderCommandID, in work: inout UnitOfWork) throws {
        guard var command = try find(id, in: work), command.status == .ready, command.task == .submit else { return }
        command.task = .lookUp
        work.update(command)
    }

    /// The provider certainly did nothing: it is asked again to do it.
    package static func sendAgain(
        _ id: ProviderCommandID, at dueAt: Instant, in work: inout UnitOfWork
    ) throws {
        guard var command = try find(id, in: work), command.status != .done else { return }
        command.task = .submit
        command.status = .ready
        command.dueAt = dueAt
        work.update(command)
    }

    /// The provider has answered: nothing is left to ask when the operation is closed, and with it the capture a charge asked
    /// for; otherwise it is asked about then.
    package static func settle(
        _ id: ProviderCommandID, lookUpAt: Instant, in work: inout UnitOfWork
    ) throws {
        guard let command = try find(id, in: work) else { return }
        let operation = try PaymentOperationStore.find(command.operation, of: command.payment, in: work)
        guard try operation?.state.isOpen == true || awaitsAutomaticCapture(command, in: work) else {
            return try finishUnlessAsked(id, in: &work)
        }
        try requestLookUp(id, at: lookUpAt, in: &work)
    }

    /// An attempt has ended and leaves nothing to ask. A question that a fact raised while its answer was awaited is asked all
    /// the same: an answer from before it is none.
    package static func finishUnlessAsked(_ id: ProviderCommandID, in work: inout UnitOfWork) throws {
        guard let command = try find(id, in: work) else { return }
        if command.status == .ready, command.task == .lookUp { return }
        try finish(id, in: &work)
    }

    /// A fact about something else leaves nothing to ask. A question that waits or is under way goes on: its own answer ends it,
    /// and should whoever asks die first, it is asked again.
    static func finishUnlessInQuestion(_ id: ProviderCommandID, in work: inout UnitOfWork) throws {
        if try find(id, in: work)?.task == .lookUp { return }
        try finish(id, in: &work)
    }

    /// Whether it is a charge's own command, and of the automatic capture nothing has been heard yet.
    static func awaitsAutomaticCapture(
        _ command: ProviderCommandRow, in work: borrowing UnitOfWork
    ) throws -> Bool {
        guard let payment = try PaymentStore.find(command.payment, in: work)?.payment else { return false }
        return payment.awaitsAutomaticCapture && command.operation == payment.authorizationOperation
    }

    /// Nothing is left to ask.
    package static func finish(_ id: ProviderCommandID, in work: inout UnitOfWork) throws {
        guard var command = try find(id, in: work), command.status != .done else { return }
        command.status = .done
        work.update(command)
    }

    // MARK: Reading

    /// Commands that wait to be sent, the oldest first.
    static func unsent(limit: Int, in rows: Rows) throws -> [ProviderCommandRow] {
        try rows.select(
            ProviderCommandRow.self, "status = 'ready' AND task = 'submit' ORDER BY id LIMIT ?2",
            [.integer(Int64(limit))])
    }

    /// Commands somebody may take now, the longest due first.
    /// - Parameter account: Nil for those of all provider accounts.
    package static func due(
        of account: PathSegment? = nil, at now: Instant, limit: Int, in rows: Rows
    ) throws -> [ProviderCommandRow] {
        let condition = account == nil ? "" : " AND provider_account = ?4"
        let named: [ColumnValue] = account.map { [.text($0.text)] } ?? []
        return try rows.select(
            ProviderCommandRow.self,
            "status <> 'done' AND due_at <= ?2\(condition) ORDER BY due_at, id LIMIT ?3",
            [.integer(now.microseconds), .integer(Int64(limit))] + named)
    }
}
