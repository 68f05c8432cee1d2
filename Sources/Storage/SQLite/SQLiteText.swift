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

    /// The table, its indexes, and the triggers that keep an append-only table what it is.
    static func create(_ table: any TableDescription) -> [String] {
        let columns = table.columns.map { column in
            let type =
                switch column.kind {
                case .integer: "INTEGER";
                case .text: "TEXT";
                case .bytes: "BLOB"
                }
            let check = column.check.map { " CHECK (\($0))" } ?? ""
            return "    \(column.name) \(type)\(column.isOptional ? "" : " NOT NULL")\(check)"
        }
        let key = (["book"] + table.keyColumns).joined(separator: ", ")
        let checks = table.checks.map { "    CHECK (\($0))" }
        let lines = ["    book INTEGER NOT NULL"] + columns + ["    PRIMARY KEY (\(key))"] + checks
        let statement = "CREATE TABLE \(table.name) (\n\(lines.joined(separator: ",\n"))\n) STRICT, WITHOUT ROWID"
        return [statement] + table.indexes.map { index(table, $0) } + (table.isAppendOnly ? immutable(table.name) : [])
    }

    /// Triggers that refuse to change or take away rows.
    static func immutable(_ table: String) -> [String] {
        ["UPDATE", "DELETE"].map { verb in
            """
            CREATE TRIGGER \(table)_refuses_\(verb.lowercased()) BEFORE \(verb) ON \(table)
            BEGIN SELECT RAISE(ABORT, '\(table) is append-only'); END
            """
        }
    }

    private static func index(
        _ table: any TableDescription, _ index: (name: String, columns: [String], isUnique: Bool)
    ) -> String {
        let optional = table.columns.filter { index.columns.contains($0.name) && $0.isOptional }.map(\.name)
        let condition =
            optional.isEmpty ? "" : " WHERE " + optional.map { "\($0) IS NOT NULL" }.joined(separator: " AND ")
        let columns = (["book"] + index.columns).joined(separator: ", ")
        return "CREATE \(index.isUnique ? "UNIQUE " : "")INDEX \(index.name) ON \(table.name) (\(columns))\(condition)"
    }
}

extension TableDescription {
    package var keyColumns: [String] { columns.prefix(keyColumnCount).map(\.name) }
    package var columnList: String { columns.map(\.name).joined(separator: ", ") }
}
