/// The leases of a PostgreSQL database, on a connection of their own: a writer that is busy must not cost a process its charge.
final class PostgresLeases: LeaseTable, @unchecked Sendable {
    private let address: PostgresAddress
    private var connection: PostgresConnection?
    private let lock = ThreadSignal()

    init(_ address: PostgresAddress) {
        self.address = address
    }

    func renew(_ process: Int64, for span: Instant.Span) throws(StorageFault) -> [Int64: Int64] {
        var fences: [Int64: Int64] = [:]
        try run { connection throws(StorageFault) in
            for statement in Self.renewal {
                let parameters = Self.parameters(process, span, in: statement)
                fences = [:]
                try connection.run(statement, parameters).forEach { fences[$0.integer()] = $0.integer() }
            }
        }
        return fences
    }

    func giveUp(_ process: Int64) throws(StorageFault) {
        try run { connection throws(StorageFault) in
            let parameters = PostgresParameters([.integer(process)])
            try connection.send("UPDATE lease SET expires_at = 0 WHERE process = $1", parameters)
            try connection.send("DELETE FROM process WHERE id = $1", parameters)
            try connection.finish()
        }
    }

    /// One renewal, each statement a transaction of its own: a process is counted among the living; what it holds is prolonged
    /// as far as it is its share, and let go beyond that; what nobody holds is taken up to the share; what it has now is told.
    /// A group that changes hands gets the next fence.
    private static let renewal = [
        """
        INSERT INTO process (id, expires_at) VALUES ($1, \(now) + $2)
        ON CONFLICT (id) DO UPDATE SET expires_at = excluded.expires_at
        """,
        "DELETE FROM process WHERE expires_at < \(now) - 60000000",
        """
        UPDATE lease SET expires_at = CASE WHEN place <= \(share) THEN \(now) + $2 ELSE 0 END
        FROM (SELECT group_number AS g, row_number() OVER (ORDER BY group_number) AS place
              FROM lease WHERE process = $1 AND expires_at >= \(now)) AS mine
        WHERE group_number = g AND process = $1 AND expires_at >= \(now)
        """,
        """
        UPDATE lease SET process = $1, fence = fence + 1, expires_at = \(now) + $2
        WHERE group_number IN (
            SELECT group_number FROM lease WHERE expires_at < \(now) ORDER BY group_number
            LIMIT greatest(0, \(share) - (SELECT count(*) FROM lease WHERE process = $1 AND expires_at >= \(now)))
            FOR UPDATE SKIP LOCKED)
        """,
        "SELECT group_number, fence FROM lease WHERE process = $1 AND expires_at >= \(now)",
    ]

    /// The database's clock, in microseconds.
    private static let now = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint"
    private static let share =
        "(SELECT ceil(\(BookGroup.count)::numeric / greatest(1, count(*))) FROM process WHERE expires_at >= \(now))"

    private static func parameters(_ process: Int64, _ span: Instant.Span, in statement: String) -> PostgresParameters {
        let values: [ColumnValue] = [.integer(process), .integer(span.microseconds)]
        return PostgresParameters(Array(values.prefix(statement.contains("$2") ? 2 : statement.contains("$1") ? 1 : 0)))
    }

    /// Runs something on the connection, made anew where it was lost.
    private func run(_ body: (PostgresConnection) throws(StorageFault) -> Void) throws(StorageFault) {
        let result: Result<Void, StorageFault> = lock.withLock {
            Result { () throws(StorageFault) in
                if connection?.isAlive != true { connection = try PostgresConnection(address) }
                guard let connection else { preconditionFailure("made just now") }
                try body(connection)
            }
        }
        try result.get()
    }
}
