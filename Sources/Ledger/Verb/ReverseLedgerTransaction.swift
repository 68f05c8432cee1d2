import EventLog
import Storage

/// Undoes a posted ledger transaction of a caller's own, or part of a two-legged one, by its opposite.
package struct ReverseLedgerTransaction: Sendable {
    package struct Command: Sendable {
        package let book: BookID
        package let transaction: LedgerTransactionID
        /// Minor units of each of its two legs; nil for all that has not been reversed.
        package let minorUnits: Int64?
        package let authority: PostingAuthority
        package let context: EventContext

        package init(
            book: BookID, transaction: LedgerTransactionID, minorUnits: Int64? = nil,
            authority: PostingAuthority = .caller, context: EventContext
        ) {
            self.book = book
            self.transaction = transaction
            self.minorUnits = minorUnits
            self.authority = authority
            self.context = context
        }
    }

    let database: Database

    package init(database: Database) {
        self.database = database
    }

    /// The reversal.
    /// - Throws: `PostingRejection`.
    package func run(_ command: Command) async throws -> RecordedTransaction {
        let keys: [ExpectedKey] = [
            .row(LedgerTransaction.self, command.transaction), .row(ReversedAmount.self, command.transaction),
        ]
        return try await database.write(command.book, expecting: keys) { work in
            try ReverseLedgerTransaction.perform(command, in: &work)
        }
    }

    package static func perform(_ command: Command, in work: inout UnitOfWork) throws -> RecordedTransaction {
        var journal = LedgerJournal()
        let reversal = try LedgerStore.reverse(
            command.transaction, amount: command.minorUnits, authority: command.authority, in: &work,
            journal: &journal)
        work.append(reversal, journal, context: command.context)
        return reversal
    }
}
