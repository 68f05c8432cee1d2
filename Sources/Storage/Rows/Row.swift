/// A row of one table of a book: a value that says once which columns it has, how it is written and how it is read.
///
/// Columns are written and read in the order the table declares them, the key's first. The book's own column is the
/// engine's: no row holds it, and every statement binds it.
package protocol Row: Sendable {
    associatedtype Key: RowKey
    static var table: TableDefinition<Self> { get }
    var key: Key { get }
    func write(to columns: inout ColumnWriter)
    /// Throws when a column holds what the type cannot be, such as a state of a later version.
    init(from columns: inout ColumnReader) throws
}

/// How a table's rows relate to the log.
package enum RowClass: Sendable {
    /// Changed only under the head and told in events; rebuilt by replaying the log and compared by `verify`.
    case recorded
    /// Personal data and callers' free text; the event holds a salted hash of it.
    case `private`
    /// Cursors, attempts, projections: no event tells of them, they are never compared, and can be made anew.
    case derived
}

/// One column, declared once for both databases. Integers have 64 bits; times are microseconds.
package struct Column: Sendable {
    package enum Kind: Sendable { case integer, text, bytes }

    package let name: String
    package let kind: Kind
    package let isOptional: Bool
    /// A condition in SQL that every row meets, saying again what the types say.
    package let check: String?

    package static func integer(_ name: String, optional: Bool = false, check: String? = nil) -> Column {
        Column(name: name, kind: .integer, isOptional: optional, check: check)
    }

    package static func text(_ name: String, optional: Bool = false, check: String? = nil) -> Column {
        Column(name: name, kind: .text, isOptional: optional, check: check)
    }

    package static func bytes(_ name: String, optional: Bool = false, check: String? = nil) -> Column {
        Column(name: name, kind: .bytes, isOptional: optional, check: check)
    }
}
