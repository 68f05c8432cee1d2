import Storage

/// The plain ledger on SQLite, as durable as ours.
final class BaselineSQLiteStore: BaselineLedger {
    private let connection: SQLiteConnection

    /// - Parameter path: The file, which is made.
    init(path: String) throws {
        connection = try SQLiteConnection(path: path, access: .readWrite)
        try connection.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
    }

    func make(accountCount: Int) throws {
        try connection.execute(
            """
            CREATE TABLE account (id INTEGER PRIMARY KEY, balance INTEGER NOT NULL) STRICT;
            CREATE TABLE movement (
                id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, line TEXT NOT NULL) STRICT;
            CREATE TABLE leg (
                id INTEGER PRIMARY KEY, movement INTEGER NOT NULL REFERENCES movement, account INTEGER NOT NULL,
                amount INTEGER NOT NULL) STRICT;
            CREATE INDEX leg_by_movement ON leg (movement);
            CREATE INDEX leg_by_account ON leg (account);
            """)
        try transaction {
            for id in 0..<Int64(accountCount) { try run("INSERT INTO account VALUES (?1, 0)", [.integer(id)]) }
        }
    }

    /// There is one writer at a time.
    func lock(_ movement: BaselineMovement) {}

    /// A connection whose transaction failed is not used again: the load ends.
    func transaction(_ body: () throws -> Void) throws {
        try connection.execute("BEGIN IMMEDIATE")
        try body()
        try connection.execute("COMMIT")
    }

    func run(_ sql: String, _ values: [ColumnValue]) throws { _ = try integer(sql, values) }

    func integer(_ sql: String, _ values: [ColumnValue]) throws -> Int64 {
        let statement = try connection.statement(sql)
        defer { statement.reset() }
        var parameters = statement.parameters
        for value in values { value.write(to: &parameters) }
        var found: Int64 = 0
        while try statement.step() {
            var columns = statement.columns
            found = columns.integer()
        }
        return found
    }
}
