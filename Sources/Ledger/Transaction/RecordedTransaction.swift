import Money

/// A ledger transaction together with its legs and their accounts: what an event tells of it, and what a caller is shown.
package struct RecordedTransaction: Hashable, Sendable {
    package let header: LedgerTransaction
    package let legs: [Leg]
    /// What is left of it, where it is a hold.
    package let hold: Hold?

    package init(header: LedgerTransaction, legs: [Leg], hold: Hold? = nil) {
        precondition((header.phase == .pending) == (hold != nil), "a hold, and nothing else, has something left")
        self.header = header
        self.legs = legs
        self.hold = hold
    }

    package struct Leg: Hashable, Sendable {
        package let account: Account
        package let side: Side
        package let amount: Amount
        package let item: OpenItem?

        package init(account: Account, side: Side, amount: Amount, item: OpenItem?) {
            self.account = account
            self.side = side
            self.amount = amount
            self.item = item
        }
    }

    package var id: LedgerTransactionID { header.id }
}

/// What a unit of work has done to the ledger so far: the facts its event tells. Each ledger transaction and each opened
/// account stands in exactly one event, the one that says why.
package struct LedgerJournal: Sendable {
    package private(set) var openedAccounts: [Account] = []
    package private(set) var transactions: [RecordedTransaction] = []
    /// Facts that broke a rule which binds requests, and were booked all the same.
    package private(set) var flags: [PostingFlag] = []

    package init() {}

    package var isEmpty: Bool { openedAccounts.isEmpty && transactions.isEmpty }

    mutating func opened(_ account: Account) { openedAccounts.append(account) }
    mutating func recorded(_ transaction: RecordedTransaction) { transactions.append(transaction) }
    mutating func flagged(_ flag: PostingFlag) { flags.append(flag) }
}

/// What was unusual about a fact that was booked: each opens a work item.
package enum PostingFlag: Hashable, Sendable {
    /// The account is frozen; the posting stands on it.
    case postedToFrozen(AccountPath)
    /// The account is closed; the posting stands in suspense instead.
    case redirectedFromClosed(AccountPath, to: AccountPath)
}
