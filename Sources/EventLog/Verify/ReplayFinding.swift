import Storage

/// Where the recorded rows are not what the log makes of them.
package enum ReplayFinding: Error, Hashable, Sendable {
    /// No rows can be made of this event; the words say why.
    case notReplayable(sequence: Int64, cause: String)
    /// The log accounts for a row that is not there.
    case missing(table: String, key: String)
    /// A row no event accounts for.
    case surplus(table: String, key: String)
    /// A row is not as the log makes it.
    case differs(table: String, key: String, column: String, stored: String, replayed: String)
}

extension ReplayFinding: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notReplayable(let sequence, let cause): "event \(sequence) cannot be replayed: \(cause)"
        case .missing(let table, let key): "\(table) \(key) is missing: the log accounts for it"
        case .surplus(let table, let key): "\(table) \(key) is in no event"
        case .differs(let table, let key, let column, let stored, let replayed):
            "\(table) \(key): \(column) is \(stored), the log makes it \(replayed)"
        }
    }
}

extension ColumnValue {
    /// The value as a finding shows it. Bytes are named by their number: what they are may be private.
    var shown: String {
        switch self {
        case .null: "null"
        case .integer(let value): String(value)
        case .text(let text): "«\(text.prefix(80))»"
        case .bytes(let bytes): "\(bytes.count) bytes"
        }
    }
}
