import EventLog
import Money
import Storage

/// Something the ledger's events say that cannot be, or a row that is not what they add up to.
package struct LedgerFinding: Hashable, Sendable {
    /// The event that is wrong; nil where a row is.
    package let sequence: Int64?
    /// What is wrong: an account's path, or the text form of a ledger transaction or an item.
    package let subject: String
    package let fault: Fault

    package enum Fault: Hashable, Sendable {
        // The event itself
        case unreadable(String)
        case accountOpenedTwice
        case unknownAccount
        case recordedTwice
        case unbalanced(CurrencyCode, debits: Int128, credits: Int128)
        case wrongCurrency
        /// A posting names an item where none is tracked, or none where they are.
        case wrongItem

        // What it does to an account
        case closedAccountWritten
        /// A frozen account of a caller's own was written: only requests write those, and a freeze refuses them.
        case frozenAccountWritten
        case floorBroken(available: Int128, floor: Int64)
        case ceilingBroken(pending: Int128, ceiling: Int64)
        case counterOutOfRange

        // What it does to what was recorded before
        case unknownHold
        case holdEndedTwice
        case holdExceeded(remaining: Int64, taken: Int64)
        case holdLegsDiffer
        case expiredEarly
        case unknownOriginal
        case originalExceeded(remaining: Int64, reversed: Int64)

        // The rows beside it
        case rowMissing
        case rowUnaccountedFor
        case rowDiffers(column: String, row: Int64, log: Int128)
        /// Its status, its limits or its nature.
        case accountDiffers
        case holdStatusDiffers(row: Hold.Status, log: Hold.Status)
        case itemsDiffer(column: String, items: Int128, account: Int128)
        /// The rows are as of another sequence than the events that were folded.
        case otherSequence(rows: Int64)
    }
}

extension LedgerFinding: CustomStringConvertible {
    package var description: String {
        let place = sequence.map { "event \($0), " } ?? ""
        return "\(place)\(subject): \(fault)"
    }
}

extension LedgerFinding.Fault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreadable(let cause): "cannot be read: \(cause)"
        case .accountOpenedTwice: "opened a second time"
        case .unknownAccount: "written, and never opened"
        case .recordedTwice: "recorded a second time"
        case .unbalanced(let code, let debits, let credits): "debits \(debits) \(code), credits \(credits)"
        case .wrongCurrency: "in a currency there cannot be"
        case .wrongItem: "a posting without the item it must name, or with one it must not"
        case .closedAccountWritten: "written although closed"
        case .frozenAccountWritten: "written by a request although frozen"
        case .floorBroken(let available, let floor): "available \(available) is below the floor \(floor)"
        case .ceilingBroken(let pending, let ceiling): "\(pending) is above the ceiling \(ceiling)"
        case .counterOutOfRange: "a counter below zero, or beyond 63 bits"
        case .unknownHold: "ends a hold that was never placed"
        case .holdEndedTwice: "takes from a hold that has ended"
        case .holdExceeded(let remaining, let taken): "takes \(taken) of a hold that has \(remaining) left"
        case .holdLegsDiffer: "has other legs than the hold it takes from"
        case .expiredEarly: "expired before its time"
        case .unknownOriginal: "reverses what was never posted"
        case .originalExceeded(let remaining, let reversed): "reverses \(reversed) where \(remaining) is left"
        case .rowMissing: "has no row"
        case .rowUnaccountedFor: "has a row that no event accounts for"
        case .rowDiffers(let column, let row, let log): "\(column) is \(row), by the log \(log)"
        case .accountDiffers: "its status, limits or nature are not what the log says"
        case .holdStatusDiffers(let row, let log): "is \(row), by the log \(log)"
        case .itemsDiffer(let column, let items, let account):
            "the items' \(column) sum to \(items), the account's are \(account)"
        case .otherSequence(let rows): "the rows are as of \(rows)"
        }
    }
}
