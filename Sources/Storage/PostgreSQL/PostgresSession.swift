/// What each session with PostgreSQL is set to, and what its server must be set to before money is written to it.
enum PostgresSession {
    static func begin(on connection: PostgresConnection) throws(StorageFault) {
        try demandDurability(on: connection)
        _ = try connection.executeAtStart(
            """
            SET synchronous_commit = '\(try strongest(on: connection))';
            SET TIME ZONE 'UTC'; SET standard_conforming_strings = on; SET default_transaction_isolation = 'read committed';
            SET lock_timeout = '\(lockMilliseconds)ms'; SET statement_timeout = 0;
            SET idle_in_transaction_session_timeout = '\(idleMilliseconds)ms';
            SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3;
            SET tcp_user_timeout = 15000
            """)
    }

    /// For connections that write.
    static func beginWriting(on connection: PostgresConnection, of process: Int64?) throws(StorageFault) {
        if let process { try connection.send("SET application_name = '\(writerName)\(process)'") }
        try preferIndexes(on: connection)
    }

    /// Each statement finds its rows by an index, whatever the planner believes of a table that was empty when it was planned. A
    /// server that does not know one of these settings needs it not.
    static func preferIndexes(on connection: PostgresConnection) throws(StorageFault) {
        try connection.send("SET plan_cache_mode = force_generic_plan")
        try connection.send(
            """
            SELECT set_config(name, 'off', false) FROM pg_settings WHERE name IN
                ('enable_seqscan', 'enable_hashjoin', 'enable_mergejoin', 'enable_material', 'enable_memoize')
            """)
        try connection.finish()
    }

    /// What the sessions that write are called in the server's list, before the number of their process.
    static let writerName = "summa writer "

    /// For connections that only read.
    /// - Parameter spanMax: How long a query may take; nil for whoever looks at everything once.
    static func beginReading(on connection: PostgresConnection, spanMax: Instant.Span?) throws(StorageFault) {
        try connection.send("SET default_transaction_read_only = on")
        let milliseconds = spanMax.map { $0.microseconds / 1_000 } ?? 0
        try connection.send("SET statement_timeout = '\(milliseconds)ms'")
        if spanMax == nil { try connection.send("SET idle_in_transaction_session_timeout = 0") }
        try connection.finish()
    }

    /// Refuses, by name, settings under which an acknowledged commit could be lost.
    private static func demandDurability(on connection: PostgresConnection) throws(StorageFault) {
        for (setting, weak) in weakSettings {
            let value = try connection.executeAtStart("SHOW \(setting)").first ?? ""
            if weak.contains(value) {
                throw .cannotOpen("PostgreSQL's \(setting) is \(value): an acknowledged payment could be lost")
            }
        }
        if try connection.executeAtStart("SELECT pg_is_in_recovery()").first == "t" {
            throw .cannotOpen("this PostgreSQL server is in recovery and takes no writes; connect to the primary")
        }
        let encoding = try connection.executeAtStart("SHOW server_encoding").first ?? ""
        guard encoding == "UTF8" else { throw .cannotOpen("the database's encoding is \(encoding); UTF8 is needed") }
    }

    private static let weakSettings = [
        ("fsync", ["off"]), ("full_page_writes", ["off"]), ("synchronous_commit", ["off"]),
    ]

    /// `on` waits for the disks of this server and of its synchronous replicas; who asks for more keeps it.
    private static func strongest(on connection: PostgresConnection) throws(StorageFault) -> String {
        try connection.executeAtStart("SHOW synchronous_commit").first == "remote_apply" ? "remote_apply" : "on"
    }

    /// How long a transaction may do nothing: a process that was stopped in the middle holds a book's head no longer.
    private static let idleMilliseconds = 2_000
    /// Longer than the above, so that who waits for a head gets it rather than gives up.
    private static let lockMilliseconds = 15_000
}
