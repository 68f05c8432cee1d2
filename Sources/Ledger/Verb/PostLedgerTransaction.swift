import EventLog
import Storage

/// Posts one ledger transaction of a caller's own, or places a hold, by the draft's phase.
package struct PostLedgerTransaction: Sendable {
    package struct Command: Sendable {
        package let book: BookID
        package let draft: LedgerTransactionDraft
        package let context: EventContext

        package init(book: BookID, draft: LedgerTransactionDraft, context: EventContext) {
            self.book = book
            self.draft = draft
            self.context = context
        }
    }

    let database: Database

    package init(database: Database) {
        self.database = database
    }

    /// - Throws: `PostingRejection`.
    package func run(_ command: Command) async throws -> PostingAnswer {
        try await database.write(command.book, expecting: command.draft.expectedKeys) { work in
            try PostLedgerTransaction.perform(command.draft, context: command.context, in: &work)
        }
    }

    package static func perform(
        _ draft: LedgerTransactionDraft, context: EventContext, in work: inout UnitOfWork
    ) throws -> PostingAnswer {
        var journal = LedgerJournal()
        let recorded = try LedgerStore.post(draft, in: &work, journal: &journal)
        // Known by its external id: it stands in an event already.
        guard !journal.isEmpty else { return PostingAnswer(transaction: recorded, isRepeat: true) }
        work.append(recorded, journal, context: context)
        return PostingAnswer(transaction: recorded, isRepeat: false)
    }
}

/// A ledger transaction as a caller gets it, and whether it was there before under the same external id.
package struct PostingAnswer: Hashable, Sendable {
    package let transaction: RecordedTransaction
    package let isRepeat: Bool

    package init(transaction: RecordedTransaction, isRepeat: Bool) {
        self.transaction = transaction
        self.isRepeat = isRepeat
    }
}
