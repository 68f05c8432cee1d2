import EventLog
import Ledger
import Storage

/// Does what a caller asks of the ledger itself, once however often it is asked under one key: posts, holds, ends a hold,
/// reverses.
///
/// A refusal is not kept, unlike one of a payment: nothing was recorded and nobody was asked, so the same request may succeed
/// when the balance allows it.
package struct RequestLedgerTransaction: Sendable {
    package struct Command: Sendable {
        package let book: BookID
        package let request: IdempotentRequest
        package let task: LedgerTask
        package let context: EventContext

        package init(book: BookID, request: IdempotentRequest, task: LedgerTask, context: EventContext) {
            self.book = book
            self.request = request
            self.task = task
            self.context = context
        }
    }

    let database: Database

    package init(database: Database) {
        self.database = database
    }

    /// What was recorded, and whether it had been before.
    /// - Throws: `IdempotencyRejection`, `PostingRejection`.
    package func run(_ command: Command) async throws -> PostingAnswer {
        let claim = IdempotencyClaim(command.request, in: command.book, for: command.task)
        let keys = [IdempotencyStore.expectedKey(claim)] + command.task.expectedKeys
        let answer = try await database.write(command.book, expecting: keys) { work in
            try perform(command, claim, in: &work)
        }
        switch answer {
        case .now(let answer): return answer
        case .before(let sequence): return try recorded(by: sequence, in: command.book)
        }
    }

    private enum Answer: Sendable {
        case now(PostingAnswer)
        /// It was done before, and this event tells of it.
        case before(sequence: Int64)
    }

    private func perform(
        _ command: Command, _ claim: IdempotencyClaim, in work: inout UnitOfWork
    ) throws -> Answer {
        if let known = try IdempotencyStore.find(claim, in: work) { return .before(sequence: known.sequence) }
        let answer = try command.task.perform(in: command.book, context: command.context, in: &work)
        // Also where it was known by its external id: the key is used now, and must not be taken for another request.
        try IdempotencyStore.keep(claim, answeredBy: answer.transaction.header.sequence, in: &work)
        return .now(answer)
    }

    private func recorded(by sequence: Int64, in book: BookID) throws -> PostingAnswer {
        try database.read(book) { rows in
            guard let event = try rows.event(at: sequence),
                let logged = try LedgerMembers(of: EventDocument(event)).transactions.first,
                let known = try LedgerQueries(rows).transaction(logged.id)
            else {
                throw StorageFault.disagrees("a key was answered by event \(sequence), which tells of nothing there is")
            }
            return PostingAnswer(transaction: known.recorded, isRepeat: true)
        }
    }
}
