import Money
import Storage

/// Where an account stands, as of a sequence.
package struct BalanceReading: Hashable, Sendable {
    package let account: Account
    package let balance: Balance
    package let asOf: Int64

    /// What counts, on the account's normal side.
    package var posted: Amount { amount(balance.posted(on: account.type.normalSide)) }
    /// Posted with every hold.
    package var pending: Amount { amount(balance.pending(on: account.type.normalSide)) }
    /// Posted less outgoing holds.
    package var available: Amount { amount(balance.available(on: account.type.normalSide)) }

    private func amount(_ minorUnits: Int64) -> Amount {
        Amount(minorUnits: minorUnits, currency: account.currency)
    }
}

/// A ledger transaction as a reader sees it: what was recorded, and what has become of it.
package struct TransactionReading: Hashable, Sendable {
    package let recorded: RecordedTransaction
    /// Of each leg of a two-legged one; of a longer one, of its first leg.
    package let reversedMinorUnits: Int64

    package var state: LedgerTransactionState {
        switch recorded.header.phase {
        case .pending:
            switch recorded.hold?.status {
            case .posted: .posted
            case .voided: .voided
            case .expired: .expired
            case .open, nil: .pending
            }
        case .holdReleased: .released
        case .holdVoided: .voided
        case .holdExpired: .expired
        case .posted, .holdPosted, .reversal:
            reversedMinorUnits == 0
                ? .posted : reversedMinorUnits < recorded.legs[0].amount.minorUnits ? .partlyReversed : .reversed
        }
    }
}

/// What has become of a ledger transaction: derived, never stored. The view `txn` says the same.
package enum LedgerTransactionState: String, Hashable, Sendable, CaseIterable {
    case pending
    case posted
    case released
    case voided
    case expired
    case partlyReversed = "partly_reversed"
    case reversed
}

/// One posted leg on an account, with what tells where it came from.
package struct AccountPosting: Hashable, Sendable {
    package let transaction: LedgerTransaction
    /// Its place among the transaction's legs, from 0.
    package let leg: Int64
    package let side: Side
    package let amount: Amount
    package let item: OpenItem?

    /// Where the next page goes on.
    package var cursor: PostingCursor { PostingCursor(transaction: transaction.id, leg: leg) }
}

/// A place among the postings of an account.
package struct PostingCursor: Hashable, Sendable {
    package let transaction: LedgerTransactionID
    package let leg: Int64

    package init(transaction: LedgerTransactionID, leg: Int64) {
        self.transaction = transaction
        self.leg = leg
    }
}

/// What is still open of one item on one account.
package struct OpenItemReading: Hashable, Sendable {
    package let item: OpenItem
    /// On the account's normal side; negative where more was taken off than put on.
    package let open: Amount
    package let openedAt: Instant

    /// How long it has been open.
    package func age(at now: Instant) -> Instant.Span { now.since(openedAt) }
}
