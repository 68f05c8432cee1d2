import Storage

/// The plain ledger on PostgreSQL, as durable as ours: a connection of its own, and a round trip for each statement.
final class BaselinePostgresStore: BaselineLedger {
    private let connection: PostgresConnection

    init(_ address: PostgresAddress) throws {
        connection = try PostgresConnection(address)
    }

    func make(accountCount: Int) throws {
        for statement in [
            "CREATE TABLE account (id BIGINT PRIMARY KEY, balance BIGINT NOT NULL)",
            """
            CREATE TABLE movement (
                id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, key TEXT NOT NULL UNIQUE, line TEXT NOT NULL)
            """,
            """
            CREATE TABLE leg (
                id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, movement BIGINT NOT NULL REFERENCES movement,
                account BIGINT NOT NULL, amount BIGINT NOT NULL)
            """,
            "CREATE INDEX leg_by_movement ON leg (movement)",
            "CREATE INDEX leg_by_account ON leg (account)",
            "INSERT INTO account SELECT id, 0 FROM generate_series(0, \(accountCount - 1)) AS id",
            "ANALYZE account",
        ] { try connection.execute(statement) }
    }

    /// In one order, so that no two requests wait for each other.
    func lock(_ movement: BaselineMovement) throws {
        try run(
            "SELECT balance FROM account WHERE id IN (?1, ?2) ORDER BY id FOR UPDATE",
            [.integer(movement.debit), .integer(movement.credit)])
    }

    /// A connection whose transaction failed is not used again: the load ends.
    func transaction(_ body: () throws -> Void) throws {
        try connection.execute("BEGIN")
        try body()
        try connection.execute("COMMIT")
    }

    func run(_ sql: String, _ values: [ColumnValue]) throws {
        try connection.query(sql, values) { _ in }
    }

    func integer(_ sql: String, _ values: [ColumnValue]) throws -> Int64 {
        var found: Int64 = 0
        try connection.query(sql, values) { found = $0.integer() }
        return found
    }
}
