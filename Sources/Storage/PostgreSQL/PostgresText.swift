/// The SQL that follows from a table's declaration, in PostgreSQL's words.
///
/// Rows go over the wire by columns: one array each, of which `unnest` makes rows again. Each of those looks its row up by itself,
/// in a subquery whose `OFFSET 0` keeps the planner from turning the join around: of a table it believes to be empty it would
/// read the whole book, and go through all the arrays for each row of it. Not with `= ANY`, from which PostgreSQL cannot tell
/// that a partial index serves.
enum PostgresText {
    /// Parameters as PostgreSQL writes them.
    static func numbered(_ sql: String) -> String {
        String(decoding: sql.utf8.map { $0 == UInt8(ascii: "?") ? UInt8(ascii: "$") : $0 }, as: UTF8.self)
    }

    static func select(_ table: any TableDescription, by columns: [String]) -> String {
        let list = table.columns.map { "t.\($0.name)" }.joined(separator: ", ")
        return """
            SELECT \(list) FROM \(unnest(kinds(columns, of: table), from: 2)) AS u (\(columns.joined(separator: ", "))) \
            CROSS JOIN LATERAL (\(lookUp("*", in: table, by: columns))) AS t
            """
    }

    /// The row of the book that has the values of `u` in some columns.
    private static func lookUp(_ list: String, in table: any TableDescription, by columns: [String]) -> String {
        let conditions = columns.map { " AND r.\($0) = u.\($0)" }.joined()
        return "SELECT \(list) FROM \(table.name) r WHERE r.book = $1\(conditions) OFFSET 0"
    }

    static func insert(_ table: any TableDescription) -> String {
        PostgresCount.demandEach(
            of: """
                INSERT INTO \(table.name) (book, \(table.columnList)) \
                SELECT $1, u.* FROM \(unnest(table.columns.map(\.kind), from: 2)) AS u
                """)
    }

    /// Parameters are those of the insert. A table whose columns are all key has nothing to set.
    static func update(_ table: any TableDescription) -> String {
        let rest = table.columns.dropFirst(table.keyColumnCount).map { "\($0.name) = u.\($0.name)" }
        return PostgresCount.demandEach(
            of: """
                UPDATE \(table.name) t SET \(rest.isEmpty ? "book = $1" : rest.joined(separator: ", ")) \
                FROM \(placed(table.columns.map(\.name), in: table)) AS u WHERE t.book = $1 AND t.ctid = u.its_ctid
                """)
    }

    static func delete(_ table: any TableDescription) -> String {
        PostgresCount.demandEach(
            of: """
                DELETE FROM \(table.name) t USING \(placed(table.keyColumns, in: table)) AS u \
                WHERE t.book = $1 AND t.ctid = u.its_ctid
                """)
    }

    /// The rows that were handed in, each with the place on disk of the row it has the key of. A place stays what it is for as
    /// long as the statement takes: the book's head is locked.
    private static func placed(_ columns: [String], in table: any TableDescription) -> String {
        """
        (SELECT u.*, r.its_ctid FROM \(unnest(kinds(columns, of: table), from: 2)) AS u (\(columns.joined(separator: ", "))) \
        CROSS JOIN LATERAL (\(lookUp("r.ctid AS its_ctid", in: table, by: table.keyColumns))) AS r)
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
