import EventLog
import Money
import Storage

/// What an event tells of the ledger: its members `accounts` and `ledger`, which an event of any module may carry.
///
/// Each opened account and each ledger transaction stands in exactly one event, the one that says why it happened, so
/// the whole ledger is folded from these members alone. What follows from something else in the log is left out: a
/// posting's currency is its path's, the exponent the opened account's, the moment the event's.
package struct LedgerMembers: Hashable, Sendable {
    package let accounts: [OpenedAccount]
    package let transactions: [LoggedTransaction]

    package init(accounts: [OpenedAccount] = [], transactions: [LoggedTransaction] = []) {
        self.accounts = accounts
        self.transactions = transactions
    }

    /// What a unit of work has done to the ledger so far.
    package init(_ journal: LedgerJournal) {
        accounts = journal.openedAccounts.map(OpenedAccount.init)
        transactions = journal.transactions.map(LoggedTransaction.init)
    }
}

/// An account as the event that opened it tells of it.
package struct OpenedAccount: Hashable, Sendable {
    package let id: AccountID
    package let path: AccountPath
    package let type: AccountType
    package let exponent: Int
    package let ownerID: AllowedText?
    package let isControl: Bool
    package let tracksItems: Bool
    package let purpose: AccountPurpose
    package let floor: Int64?
    package let ceiling: Int64?
}

extension OpenedAccount {
    init(_ account: Account) {
        id = account.id
        path = account.path
        type = account.type
        exponent = account.currency.exponent
        ownerID = account.ownerID
        isControl = account.isControl
        tracksItems = account.tracksItems
        purpose = account.purpose
        floor = account.floor
        ceiling = account.ceiling
    }
}

/// A ledger transaction as the log tells of it.
package struct LoggedTransaction: Hashable, Sendable {
    package let id: LedgerTransactionID
    package let phase: LedgerPhase
    package let reason: PostingReason
    package let parent: LedgerTransactionID?
    package let externalID: ExternalID?
    package let bookingDate: BookingDate
    package let valueDate: BookingDate
    package let occurredAt: Instant?
    package let expiresAt: Instant?
    /// Which kind of hold, where it is one.
    package let hold: Hold.Kind?
    package let postings: [LoggedPosting]
}

extension LoggedTransaction {
    init(_ recorded: RecordedTransaction) {
        let header = recorded.header
        id = header.id
        phase = header.phase
        reason = header.reason
        parent = header.parent
        externalID = header.externalID
        bookingDate = header.bookingDate
        valueDate = header.valueDate
        occurredAt = header.occurredAt
        expiresAt = header.expiresAt
        hold = recorded.hold?.kind
        postings = recorded.legs.map(LoggedPosting.init)
    }
}

/// A leg as the log tells of it.
package struct LoggedPosting: Hashable, Sendable {
    package let account: AccountPath
    package let side: Side
    /// In the account's minor unit.
    package let minorUnits: Int64
    package let item: OpenItem?
}

extension LoggedPosting {
    init(_ leg: RecordedTransaction.Leg) {
        account = leg.account.path
        side = leg.side
        minorUnits = leg.amount.minorUnits
        item = leg.item
    }
}
