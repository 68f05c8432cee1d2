import EventLog
import Storage

/// Opens an account of a caller's own. The same path and content again give the same account.
package struct OpenAccount: Sendable {
    package struct Command: Sendable {
        package let book: BookID
        package let draft: AccountDraft
        package let context: EventContext

        package init(book: BookID, draft: AccountDraft, context: EventContext) {
            self.book = book
            self.draft = draft
            self.context = context
        }
    }

    let database: Database

    package init(database: Database) {
        self.database = database
    }

    /// - Throws: `AccountRejection`.
    package func run(_ command: Command) async throws -> Account {
        let key = ExpectedKey.row(Account.byPath, command.draft.path.text)
        return try await database.write(command.book, expecting: [key]) { work in
            try OpenAccount.perform(command, in: &work)
        }
    }

    package static func perform(_ command: Command, in work: inout UnitOfWork) throws -> Account {
        let draft = command.draft
        guard ChartOfAccounts.line(for: draft.path) == nil else { throw AccountRejection.accountReserved(draft.path) }
        var journal = LedgerJournal()
        let account = try LedgerStore.open(draft, in: &work, journal: &journal)
        if !journal.isEmpty {
            work.append(
                AccountOpened(subject: account.id.description, ledger: LedgerMembers(journal)),
                context: command.context)
        }
        return account
    }
}
