import EventLog
import Ledger
import Storage

/// Takes due commands of one provider account, so that nobody else asks while we do. From the commit on the provider may
/// have been asked: the operations are submitted, in one event for all of them.
///
/// If the process dies after the commit, the lease runs out and the commands are claimed again: as questions, never by
/// sending them a second time blind.
package struct ClaimProviderCommands: Sendable {
    package struct Command: Sendable {
        package let book: BookID
        package let providerAccount: PathSegment
        /// Those found due. One that somebody else has taken, or that is settled meanwhile, is left alone.
        package let commands: [ProviderCommandID]
        /// How long an attempt may take before others take it for lost.
        package let lease: Instant.Span
        package let context: EventContext

        package init(
            book: BookID, providerAccount: PathSegment, commands: [ProviderCommandID], lease: Instant.Span,
            context: EventContext
        ) {
            self.book = book
            self.providerAccount = providerAccount
            self.commands = commands
            self.lease = lease
            self.context = context
        }
    }

    let database: Database

    package init(database: Database) {
        self.database = database
    }

    /// What is to be asked now.
    package func run(_ command: Command) async throws -> [ClaimedCommand] {
        let keys = command.commands.map { ExpectedKey.row(ProviderCommandRow.self, $0) }
        return try await database.write(command.book, expecting: keys) { work in
            try ClaimProviderCommands.perform(command, in: &work)
        }
    }

    package static func perform(_ command: Command, in work: inout UnitOfWork) throws -> [ClaimedCommand] {
        var due: [ProviderCommandRow] = []
        for id in command.commands {
            guard let row = try ProviderCommandStore.find(id, in: work), row.isDue(at: work.now),
                row.providerAccount == command.providerAccount
            else { continue }
            if let row = try notLost(row, context: command.context, in: &work) { due.append(row) }
        }
        var claimed: [ClaimedCommand] = []
        var sent: [CommandsSubmitted.Sent] = []
        for row in due {
            guard let taken = try take(row, lease: command.lease, in: &work) else { continue }
            claimed.append(taken)
            if row.task == .submit, try submit(row, in: &work) {
                sent.append(.init(payment: row.payment, operation: row.operation))
            }
        }
        if !sent.isEmpty {
            // In the order they were sent: one log makes the same writes in the same order in every run.
            var noted: Set<PaymentID> = []
            for payment in sent.map(\.payment) where noted.insert(payment).inserted {
                PaymentEventStore.note(payment, in: &work)
            }
            let event = CommandsSubmitted(providerAccount: command.providerAccount, operations: sent)
            work.append(event, context: command.context)
        }
        return claimed
    }

    /// A claim whose lease ran out while the command was being sent: nobody knows whether it was.
    private static func notLost(
        _ row: ProviderCommandRow, context: EventContext, in work: inout UnitOfWork
    ) throws -> ProviderCommandRow? {
        guard row.status == .claimed else { return row }
        try ProviderAttemptStore.end(row.id, row.attemptCount, as: .abandoned, in: &work)
        guard row.task == .submit else { return row }
        try RecordLostAnswer.perform(row.id, lookUpAt: work.now, context: context, in: &work)
        return try ProviderCommandStore.find(row.id, in: work).flatMap { $0.isDue(at: work.now) ? $0 : nil }
    }

    private static func take(
        _ row: ProviderCommandRow, lease: Instant.Span, in work: inout UnitOfWork
    ) throws -> ClaimedCommand? {
        guard let command = try ProviderCommandAssembly.command(of: row, in: work) else {
            try ProviderCommandStore.finish(row.id, in: &work)
            return nil
        }
        let taken = ProviderCommandStore.claim(row, until: work.now.advanced(by: lease), in: &work)
        ProviderAttemptStore.begin(taken, in: &work)
        return ClaimedCommand(
            command: command, providerAccount: row.providerAccount, task: row.task, attempt: taken.attemptCount)
    }

    /// Marks the operation as perhaps sent. False when it was before: an operation is told of as sent once, and again only
    /// when a doubt whether it had been was cleared.
    private static func submit(_ command: ProviderCommandRow, in work: inout UnitOfWork) throws -> Bool {
        guard var row = try PaymentStore.find(command.payment, in: work),
            var operation = try PaymentOperationStore.find(command.operation, of: command.payment, in: work),
            operation.state != .submitted
        else { return false }
        row.payment.submit(&operation)
        if operation.kind == .authorization { row.authorization = operation } else { work.update(operation) }
        row.sequence = work.nextSequence
        work.update(row)
        return true
    }
}
