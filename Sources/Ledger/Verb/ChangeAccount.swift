import EventLog
import Storage

/// Freezes, unfreezes or closes an account, or gives it other limits. What is so already stays, and no event tells of it.
package struct ChangeAccount: Sendable {
    package struct Command: Sendable {
        package let book: BookID
        package let account: AccountReference
        package let change: AccountChange
        package let context: EventContext

        package init(book: BookID, account: AccountReference, change: AccountChange, context: EventContext) {
            self.book = book
            self.account = account
            self.change = change
            self.context = context
        }
    }

    let database: Database

    package init(database: Database) {
        self.database = database
    }

    /// - Throws: `AccountRejection`.
    package func run(_ command: Command) async throws -> Account {
        try await database.write(command.book, expecting: command.account.expectedKeys) { work in
            try ChangeAccount.perform(command, in: &work)
        }
    }

    package static func perform(_ command: Command, in work: inout UnitOfWork) throws -> Account {
        guard let account = try LedgerStore.find(command.account, in: work) else {
            throw AccountRejection.unknownAccount(command.account)
        }
        let changed = account.changed(by: command.change)
        guard changed != account else { return account }
        try check(command.change, of: account, in: work)
        work.update(changed)
        work.append(
            AccountChanged(account: account.id, path: account.path, change: command.change), context: command.context)
        return changed
    }

    private static func check(
        _ change: AccountChange, of account: Account, in work: borrowing UnitOfWork
    ) throws {
        guard account.status != .closed else { throw AccountRejection.accountClosed(account.path) }
        switch change {
        case .freeze, .unfreeze: break
        case .close: try checkEmpty(account, in: work)
        case .limit(let floor, let ceiling):
            if let floor, let ceiling, floor > ceiling {
                throw AccountRejection.limitsCrossed(account.path, floor: floor, ceiling: ceiling)
            }
            if ceiling != nil, account.isControl { throw AccountRejection.ceilingOnControlAccount(account.path) }
        }
    }

    private static func checkEmpty(_ account: Account, in work: borrowing UnitOfWork) throws {
        let balance = try LedgerStore.balance(of: account, in: work)
        let posted = balance.posted(on: account.type.normalSide)
        guard posted == 0 else { throw AccountRejection.balanceNotZero(account.path, posted: posted) }
        guard balance.debitsPending == 0, balance.creditsPending == 0 else {
            throw AccountRejection.holdsPending(account.path)
        }
    }
}
