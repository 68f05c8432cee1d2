/// The leases of a PostgreSQL database, on a connection of their own: a writer that is busy must not cost a process its charge.
final class PostgresLeases: LeaseTable, @unchecked Sendable {
    private let address: PostgresAddress
    private var connection: PostgresConnection?
    private let lock = ThreadSignal()

    init(_ address: PostgresAddress) {
        self.address = address
    }

    func renew(_ process: Int64, at url: String?, for span: Instant.Span) throws(StorageFault) -> LeaseShares {
        var shares = LeaseShares()
        try run { connection throws(StorageFault) in
            for (statement, parameters) in Self.renewal(process, url, span) {
                _ = try connection.run(statement, PostgresParameters(parameters))
            }
            // A broken connection may have left some of what was told before.
            shares = LeaseShares()
            try connection.run(Self.selectShares, PostgresParameters([])).forEach { row in
                let (group, fence, holder) = (row.integer(), row.integer(), row.integer())
                if holder == process { shares.fences[group] = fence } else { shares.urls[group] = row.optionalText() }
            }
        }
        return shares
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
    /// as far as it is its share, and let go beyond that; what nobody holds is taken up to the share. A group that changes hands
    /// gets the next fence. Whoever has not been heard of for a lease and a second more is dead or stopped, perhaps in the midst
    /// of sending a batch: its sessions are ended, so that the heads they hold are free, before it is forgotten, since only by
    /// its row is it known. Should it live after all, it connects again and finds out what became of its batch.
    private static func renewal(
        _ process: Int64, _ url: String?, _ span: Instant.Span
    ) -> [(sql: String, parameters: [ColumnValue])] {
        let (process, span) = (ColumnValue.integer(process), ColumnValue.integer(span.microseconds))
        return [
            (countAmongLiving, [process, span, .text(url ?? "")]), (endSessionsOfDead, []), (forgetDead, []),
            (prolong, [process, span]), (take, [process, span]),
        ]
    }

    private static let countAmongLiving = """
        INSERT INTO process (id, expires_at, url) VALUES ($1, \(now) + $2, nullif($3, ''))
        ON CONFLICT (id) DO UPDATE SET expires_at = excluded.expires_at, url = excluded.url
        """
    private static let forgetDead = "DELETE FROM process WHERE expires_at < \(now) - 60000000"
    private static let prolong = """
        UPDATE lease SET expires_at = CASE WHEN place <= \(share) THEN \(now) + $2 ELSE 0 END
        FROM (SELECT group_number AS g, row_number() OVER (ORDER BY group_number) AS place
              FROM lease WHERE process = $1 AND expires_at >= \(now)) AS mine
        WHERE group_number = g AND process = $1 AND expires_at >= \(now)
        """
    private static let take = """
        UPDATE lease SET process = $1, fence = fence + 1, expires_at = \(now) + $2
        WHERE group_number IN (
            SELECT group_number FROM lease WHERE expires_at < \(now) ORDER BY group_number
            LIMIT greatest(0, \(share) - (SELECT count(*) FROM lease WHERE process = $1 AND expires_at >= \(now)))
            FOR UPDATE SKIP LOCKED)
        """
    private static let endSessionsOfDead = """
        SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
        JOIN process ON application_name = '\(PostgresSession.writerName)' || id
        WHERE datname = current_database() AND usename = current_user AND expires_at < \(now) - 1000000
        """
    private static let selectShares = """
        SELECT group_number, fence, process, url FROM lease LEFT JOIN process ON id = process
        WHERE lease.expires_at >= \(now)
        """

    /// The database's clock, in microseconds.
    private static let now = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint"
    private static let share =
        "(SELECT ceil(\(BookGroup.count)::numeric / greatest(1, count(*))) FROM process WHERE expires_at >= \(now))"

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
