import Storage

/// The plain ledger on SQLite, as durable as ours.
final class BaselineSQLiteStore: BaselineLedger {
    private let connection: SQLiteConnection

    /// - Parameter path: The file, which is made.
    init(path: String) throws {
        connection = try SQLiteConnection(path: path, access: .readWrite)
        try connection.execute(
            """
            PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
            CREATE TABLE account (id INTEGER PRIMARY KEY, balance INTEGER NOT NULL) STRICT;
            CREATE TABLE movement (
                id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, line TEXT NOT NULL) STRICT;
            CREATE TABLE leg (
                id INTEGER PRIMARY KEY, movement INTEGER NOT NULL REFERENCES movement, account INTEGER NOT NULL,
                amount INTEGER NOT NULL) STRICT;
            CREATE INDEX leg_by_movement ON leg (movement);
            CREATE INDEX leg_by_account ON leg (account);
            """)
    }

    func open(accountCount: Int) throws {
        try transaction {
            for id in 0..<Int64(accountCount) { try run("INSERT INTO account VALUES (?1, 0)", [.integer(id)]) }
        }
    }

    func post(_ movement: BaselineMovement) throws {
        try transaction {
            guard try integer("SELECT count(*) FROM movement WHERE key = ?1", .text(movement.key)) == 0 else { return }
            try run(
                "INSERT INTO movement (key, line) VALUES (?1, ?2)", [.text(movement.key), .text(movement.line)])
            let id = try integer("SELECT id FROM movement WHERE key = ?1", .text(movement.key))
            for (account, amount) in [(movement.debit, movement.minorUnits), (movement.credit, -movement.minorUnits)] {
                try run(
                    "INSERT INTO leg (movement, account, amount) VALUES (?1, ?2, ?3)",
                    [.integer(id), .integer(account), .integer(amount)])
                try run(
                    "UPDATE account SET balance = balance + ?1 WHERE id = ?2", [.integer(amount), .integer(account)])
            }
        }
    }

    func balance(of account: Int64) throws -> Int64 {
        try integer("SELECT balance FROM account WHERE id = ?1", .integer(account))
    }

    func count() throws -> Int64 { try connection.integer("SELECT count(*) FROM movement") }

    // MARK: Statements

    private func transaction(_ body: () throws -> Void) throws {
        try connection.execute("BEGIN IMMEDIATE")
        do {
            try body()
            try connection.execute("COMMIT")
        } catch {
            try connection.execute("ROLLBACK")
            throw error
        }
    }

    private func run(_ sql: String, _ values: [ColumnValue]) throws {
        let statement = try connection.statement(sql)
        var parameters = statement.parameters
        for value in values { value.write(to: &parameters) }
        try statement.run()
    }

    private func integer(_ sql: String, _ value: ColumnValue) throws -> Int64 {
        let statement = try connection.statement(sql)
        defer { statement.reset() }
        var parameters = statement.parameters
        value.write(to: &parameters)
        guard try statement.step() else { return 0 }
        var columns = statement.columns
        return columns.integer()
    }
}
