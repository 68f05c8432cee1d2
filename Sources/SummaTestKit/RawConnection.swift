import Storage

/// SQL past our own code, on whichever database a test has: what somebody with a client could do.
package struct RawConnection {
    private enum Connection {
        case sqlite(SQLiteConnection)
        case postgres(PostgresConnection)
    }

    private let connection: Connection

    package init(to place: DatabasePlace) throws {
        switch place {
        case .directory(let path):
            connection = .sqlite(try SQLiteConnection(path: Database.file(in: path), access: .readWrite))
        case .postgres(let address): connection = .postgres(try PostgresConnection(address))
        }
    }

    /// Bytes are written `x'00ff'`, as SQLite has them.
    package func execute(_ sql: String) throws {
        switch connection {
        case .sqlite(let connection): try connection.execute(sql)
        case .postgres(let connection):
            try connection.execute(sql.replacing(/\bx'([0-9a-f]*)'/) { "'\\x\($0.output.1)'::bytea" })
        }
    }

    package func query(_ sql: String, each body: (inout ColumnReader) throws -> Void) throws {
        switch connection {
        case .sqlite(let connection): try connection.query(sql, [], each: body)
        case .postgres(let connection): try connection.query(sql, each: body)
        }
    }

    /// The one integer a query answers.
    package func integer(_ sql: String) throws -> Int64 {
        var answer: Int64 = 0
        try query(sql) { answer = $0.integer() }
        return answer
    }

    /// Takes away the triggers of a table: what stands between a careless hand and history.
    package func dropTriggers(of table: String) throws {
        let names =
            switch connection {
            case .sqlite: "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = '\(table)'"
            case .postgres:
                "SELECT tgname::text FROM pg_trigger WHERE tgrelid = '\(table)'::regclass AND NOT tgisinternal"
            }
        var triggers: [String] = []
        try query(names) { triggers.append($0.text()) }
        for trigger in triggers {
            switch connection {
            case .sqlite: try execute("DROP TRIGGER \(trigger)")
            case .postgres: try execute("DROP TRIGGER \(trigger) ON \(table)")
            }
        }
    }
}
