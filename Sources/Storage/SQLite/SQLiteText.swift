/// The SQL that follows from a table's declaration, in SQLite's words.
enum SQLiteText {
    static func select(_ table: any TableDescription, where columns: [String]) -> String {
        let conditions = columns.enumerated().map { " AND \($1) = ?\($0 + 2)" }.joined()
        return "SELECT \(table.columnList) FROM \(table.name) WHERE book = ?1\(conditions)"
    }

    /// A row that is refused takes the whole transaction with it, which is given up in any case: without that SQLite copies
    /// each page a statement changes, to be able to undo just that statement.
    static func insert(_ table: any TableDescription) -> String {
        let places = (0...table.columns.count).map { "?\($0 + 1)" }.joined(separator: ", ")
        return "INSERT OR ROLLBACK INTO \(table.name) (book, \(table.columnList)) VALUES (\(places))"
    }

    /// Parameters are those of the insert: book, key columns, the rest. A table whose columns are all key has nothing to set.
    static func update(_ table: any TableDescription) -> String {
        let places = table.columns.enumerated().map { "\($1.name) = ?\($0 + 2)" }
        let rest = places.dropFirst(table.keyColumnCount)
        let set = rest.isEmpty ? "book = ?1" : rest.joined(separator: ", ")
        let key = places.prefix(table.keyColumnCount).joined(separator: " AND ")
        return "UPDATE OR ROLLBACK \(table.name) SET \(set) WHERE book = ?1 AND \(key)"
    }

    static func delete(_ table: any TableDescription) -> String {
        let conditions = table.keyColumns.enumerated().map { " AND \($1) = ?\($0 + 2)" }.joined()
        return "DELETE FROM \(table.name) WHERE book = ?1\(conditions)"
    }
}

extension TableDescription {
    package var keyColumns: [String] { columns.prefix(keyColumnCount).map(\.name) }
    package var columnList: String { columns.map(\.name).joined(separator: ", ") }
}
