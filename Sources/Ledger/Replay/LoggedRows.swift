import Money
import Storage

/// Values of the log as the values rows hold.
extension Account {
    /// Nil when there can be no currency of that code and exponent.
    init?(_ opened: OpenedAccount, at moment: Instant) {
        let code = opened.path.currencyCode.description
        guard let currency = Currency(recorded: code, exponent: opened.exponent) else { return nil }
        self.init(
            id: opened.id, path: opened.path, type: opened.type, currency: currency, ownerID: opened.ownerID,
            isControl: opened.isControl, tracksItems: opened.tracksItems, purpose: opened.purpose, floor: opened.floor,
            ceiling: opened.ceiling, status: .open, openedAt: moment)
    }
}

extension RecordedTransaction.Leg {
    init(_ posting: LoggedPosting, on account: Account) {
        self.init(
            account: account, side: posting.side,
            amount: Amount(minorUnits: posting.minorUnits, currency: account.currency), item: posting.item)
    }
}
