import Money

/// One leg of a ledger transaction: an account, a side, a positive amount.
package struct Posting: Hashable, Sendable {
    package let account: AccountReference
    package let side: Side
    package let amount: Amount
    /// What the leg belongs to on an account that tracks items.
    package let item: OpenItem?

    package init(_ account: AccountReference, _ side: Side, _ amount: Amount, item: OpenItem? = nil) {
        self.account = account
        self.side = side
        self.amount = amount
        self.item = item
    }

    /// The same leg on the other side, as a reversal has it.
    package var swapped: Posting {
        Posting(account, side.opposite, amount, item: item)
    }
}

extension Posting {
    /// A debit of one of the standard chart's accounts, in the amount's currency.
    package static func debit(_ account: StandardAccount, _ amount: Amount, item: OpenItem? = nil) -> Posting {
        Posting(.path(account.path(in: amount.currency)), .debit, amount, item: item)
    }

    /// A credit of one of the standard chart's accounts, in the amount's currency.
    package static func credit(_ account: StandardAccount, _ amount: Amount, item: OpenItem? = nil) -> Posting {
        Posting(.path(account.path(in: amount.currency)), .credit, amount, item: item)
    }
}

/// How a posting names its account before the ledger has looked it up.
package enum AccountReference: Hashable, Sendable {
    case id(AccountID)
    case path(AccountPath)
}
