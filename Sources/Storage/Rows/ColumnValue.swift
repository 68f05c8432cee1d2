/// A column's value without its row's type, for queries, comparisons and exports.
package enum ColumnValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case text(String)
    case bytes([UInt8])

    package func write(to columns: inout ColumnWriter) {
        switch self {
        case .null: columns.null()
        case .integer(let value): columns.integer(value)
        case .text(let value): columns.text(value)
        case .bytes(let value): columns.bytes(value)
        }
    }

    /// Texts are equal when their bytes are, as in the database: whoever compares rows must see every changed byte.
    package static func == (left: ColumnValue, right: ColumnValue) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.integer(let left), .integer(let right)): left == right
        case (.text(let left), .text(let right)): String.isSame(left, right)
        case (.bytes(let left), .bytes(let right)): left == right
        default: false
        }
    }
}
