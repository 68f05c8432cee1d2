import EventLog
import Storage

/// Posts, releases or voids a hold of a caller's own. Posting and releasing may take a part; what is left stays held.
package struct EndHold: Sendable {
    package struct Command: Sendable {
        package let book: BookID
        package let hold: LedgerTransactionID
        package let ending: Ending
        package let authority: PostingAuthority
        package let context: EventContext

        package init(
            book: BookID, hold: LedgerTransactionID, ending: Ending, authority: PostingAuthority = .caller,
            context: EventContext
        ) {
            self.book = book
            self.hold = hold
            self.ending = ending
            self.authority = authority
            self.context = context
        }
    }

    /// What is done with the hold. Amounts are minor units of each of its two legs; nil for all that is left.
    package enum Ending: Hashable, Sendable {
        case post(minorUnits: Int64?)
        case release(minorUnits: Int64?)
        case void
    }

    let database: Database

    package init(database: Database) {
        self.database = database
    }

    /// The ledger transaction that ended the hold, or took a part of it.
    /// - Throws: `PostingRejection`.
    package func run(_ command: Command) async throws -> RecordedTransaction {
        let keys: [ExpectedKey] = [.row(LedgerTransaction.self, command.hold), .row(Hold.self, command.hold)]
        return try await database.write(command.book, expecting: keys) { work in
            try EndHold.perform(command, in: &work)
        }
    }

    package static func perform(_ command: Command, in work: inout UnitOfWork) throws -> RecordedTransaction {
        var journal = LedgerJournal()
        let recorded = try end(command, in: &work, journal: &journal)
        work.append(recorded, journal, context: command.context)
        return recorded
    }

    private static func end(
        _ command: Command, in work: inout UnitOfWork, journal: inout LedgerJournal
    ) throws -> RecordedTransaction {
        switch command.ending {
        case .post(let minorUnits):
            try LedgerStore.postHold(
                command.hold, amount: minorUnits, reason: .manual, authority: command.authority, in: &work,
                journal: &journal)
        case .release(let minorUnits):
            try LedgerStore.releaseHold(
                command.hold, amount: minorUnits, reason: .manual, authority: command.authority, in: &work,
                journal: &journal)
        case .void:
            try LedgerStore.voidHold(
                command.hold, reason: .manual, authority: command.authority, in: &work, journal: &journal)
        }
    }
}
