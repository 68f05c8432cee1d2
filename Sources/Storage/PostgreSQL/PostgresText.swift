/// The SQL that follows from a table's declaration, in PostgreSQL's words.
///
/// Rows go over the wire by columns: one array each, of which `unnest` makes rows again. Rows are found by joining those arrays
/// and not with `= ANY`, from which PostgreSQL cannot tell that a partial index serves.
enum PostgresText {
    /// Parameters as PostgreSQL writes them.
    static func numbered(_ sql: String) -> String {
        String(decoding: sql.utf8.map { $0 == UInt8(ascii: "?") ? UInt8(ascii: "$") : $0 }, as: UTF8.self)
    }

    static func select(_ table: any TableDescription, by columns: [String]) -> String {
        let list = table.columns.map { "t.\($0.name)" }.joined(separator: ", ")
        return """
            SELECT \(list) FROM \(unnest(kinds(columns, of: table), from: 2)) AS k (\(columns.joined(separator: ", "))) \
            JOIN \(table.name) t ON t.book = $1\(columns.map { " AND t.\($0) = k.\($0)" }.joined())
            """
    }

    static func insert(_ table: any TableDescription) -> String {
        """
        INSERT INTO \(table.name) (book, \(table.columnList)) \
        SELECT $1, u.* FROM \(unnest(table.columns.map(\.kind), from: 2)) AS u
        """
    }

    /// Parameters are those of the insert. A table whose columns are all key has nothing to set.
    static func update(_ table: any TableDescription) -> String {
        let rest = table.columns.dropFirst(table.keyColumnCount).map { "\($0.name) = u.\($0.name)" }
        return """
            UPDATE \(table.name) t SET \(rest.isEmpty ? "book = $1" : rest.joined(separator: ", ")) \
            FROM \(unnest(table.columns.map(\.kind), from: 2)) AS u (\(table.columnList)) \
            WHERE t.book = $1\(table.keyColumns.map { " AND t.\($0) = u.\($0)" }.joined())
            """
    }

    static func delete(_ table: any TableDescription) -> String {
        let columns = table.keyColumns
        return """
            DELETE FROM \(table.name) t USING \(unnest(kinds(columns, of: table), from: 2)) \
            AS k (\(columns.joined(separator: ", "))) \
            WHERE t.book = $1\(columns.map { " AND t.\($0) = k.\($0)" }.joined())
            """
    }

    /// The kinds of some of a table's columns.
    static func kinds(_ names: [String], of table: any TableDescription) -> [Column.Kind] {
        names.map { name in
            guard let column = table.columns.first(where: { $0.name == name }) else {
                preconditionFailure("\(table.name) has no column \(name)")
            }
            return column.kind
        }
    }

    static func unnest(_ kinds: [Column.Kind], from first: Int) -> String {
        let arrays = kinds.enumerated().map { "$\($0 + first)::\(type(of: $1))[]" }
        return "unnest(\(arrays.joined(separator: ", ")))"
    }

    static func type(of kind: Column.Kind) -> String {
        switch kind {
        case .integer: "BIGINT"
        case .text: "TEXT"
        case .bytes: "BYTEA"
        }
    }
}
