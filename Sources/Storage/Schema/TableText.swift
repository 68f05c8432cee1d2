/// The SQL that makes a table as its row type declares it.
struct TableText {
    let table: any TableDescription
    let dialect: SQLDialect

    /// The table, its indexes, and the triggers that keep an append-only table what it is.
    var statements: [String] {
        [create] + table.indexes.map(index)
            + (table.isAppendOnly ? Refusal.changes(of: table.name).flatMap { $0.statements(for: dialect) } : [])
    }

    private var create: String {
        let columns = table.columns.map { column in
            let check = column.check.map { " CHECK (\($0))" } ?? ""
            return "    \(column.name) \(dialect.type(of: column.kind))\(column.isOptional ? "" : " NOT NULL")\(check)"
        }
        let key = (["book"] + table.keyColumns).joined(separator: ", ")
        let checks = table.checks.map { "    CHECK (\($0))" }
        let book = "    book \(dialect.type(of: .integer)) NOT NULL"
        let lines = [book] + columns + ["    PRIMARY KEY (\(key))"] + checks
        return "CREATE TABLE \(table.name) (\n\(lines.joined(separator: ",\n"))\n)\(options)"
    }

    /// In PostgreSQL a changed row is a further one: where there is room for it on its page, no index hears of it.
    private var options: String {
        switch dialect {
        case .sqlite: " STRICT, WITHOUT ROWID"
        case .postgres: table.isAppendOnly ? "" : " WITH (fillfactor = 70)"
        }
    }

    private func index(_ index: (name: String, columns: [String], isUnique: Bool)) -> String {
        let optional = table.columns.filter { index.columns.contains($0.name) && $0.isOptional }.map(\.name)
        let condition =
            optional.isEmpty ? "" : " WHERE " + optional.map { "\($0) IS NOT NULL" }.joined(separator: " AND ")
        let columns = (["book"] + index.columns).joined(separator: ", ")
        return "CREATE \(index.isUnique ? "UNIQUE " : "")INDEX \(index.name) ON \(table.name) (\(columns))\(condition)"
    }
}
