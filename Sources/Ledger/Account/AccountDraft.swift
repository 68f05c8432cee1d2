import EventLog
import Money

/// An account before it is opened. A draft that exists has a path in its currency, and limits that leave room between them.
package struct AccountDraft: Hashable, Sendable {
    package let path: AccountPath
    package let type: AccountType
    package let currency: Currency
    package let ownerID: AllowedText?
    /// Our own requests may not take the available balance below this, in minor units on the normal side.
    package let floor: Int64?
    /// Our own requests may not take the balance with every incoming hold above this.
    package let ceiling: Int64?

    package init(
        path: AccountPath, type: AccountType, currency: Currency, ownerID: AllowedText? = nil, floor: Int64? = nil,
        ceiling: Int64? = nil
    ) throws(AccountDraftRejection) {
        guard path.currencyCode == currency.code else { throw .currencyOfPath(path, currency) }
        if let floor, let ceiling, floor > ceiling { throw .limitsCrossed(floor: floor, ceiling: ceiling) }
        self.path = path
        self.type = type
        self.currency = currency
        self.ownerID = ownerID
        self.floor = floor
        self.ceiling = ceiling
    }
}

/// Why an account's draft cannot be, in the order checked.
package enum AccountDraftRejection: Error, Hashable {
    /// The path ends in the code of another currency.
    case currencyOfPath(AccountPath, Currency)
    case limitsCrossed(floor: Int64, ceiling: Int64)
}
