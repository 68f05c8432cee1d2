/// Brings a PostgreSQL database to the schema the program knows, or tells whether it is there.
struct PostgresMigrator {
    private let connection: PostgresConnection

    init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Takes the steps the database has not taken, each in a transaction of its own, while nobody else does. If the process
    /// dies in between, the next one goes on from the step that was not finished.
    func migrate(_ migrations: [Migration]) throws(StorageFault) -> [String] {
        let ordered = SchemaSteps.inOrder(migrations)
        _ = try connection.run("SET lock_timeout = 0")
        _ = try connection.run("SELECT pg_advisory_lock(\(Self.lockNumber))")
        _ = try connection.run(
            """
            CREATE TABLE IF NOT EXISTS schema_migration (
                version BIGINT PRIMARY KEY, name TEXT NOT NULL, fingerprint BIGINT NOT NULL)
            """)
        let taken = try takenSteps()
        try SchemaSteps.check(taken, against: ordered, of: .postgres)
        for migration in ordered.dropFirst(taken.count) { try take(migration) }
        _ = try connection.run("SELECT pg_advisory_unlock(\(Self.lockNumber))")
        return ordered.dropFirst(taken.count).map(\.name)
    }

    /// Refuses a database that is behind the program, or ahead of it.
    func check(_ migrations: [Migration]) throws(StorageFault) {
        let ordered = SchemaSteps.inOrder(migrations)
        let found = try connection.run("SELECT to_regclass('schema_migration') IS NOT NULL")
        var exists = false
        found.forEach { exists = $0.boolean() }
        let taken = exists ? try takenSteps() : []
        try SchemaSteps.check(taken, against: ordered, of: .postgres)
        if let missing = ordered.dropFirst(taken.count).first {
            throw .cannotOpen(
                "the database lacks schema step \(missing.version) (\(missing.name)); run `summa migrate` first")
        }
    }

    private func takenSteps() throws(StorageFault) -> [SchemaSteps.Taken] {
        var steps: [SchemaSteps.Taken] = []
        try connection.run("SELECT version, name, fingerprint FROM schema_migration ORDER BY version").forEach {
            columns in
            steps.append(.init(version: columns.integer(), name: columns.text(), fingerprint: columns.integer()))
        }
        return steps
    }

    private func take(_ migration: Migration) throws(StorageFault) {
        do {
            try connection.send("BEGIN")
            for statement in migration.statements(for: .postgres) { _ = try connection.run(statement) }
            try connection.send(
                "INSERT INTO schema_migration VALUES ($1, $2, $3)",
                PostgresParameters([
                    .integer(migration.version), .text(migration.name), .integer(migration.fingerprint(for: .postgres)),
                ]))
            _ = try connection.run("COMMIT")
        } catch {
            if connection.isAlive { _ = try? connection.run("ROLLBACK") }
            throw .cannotOpen(
                "schema step \(migration.version) (\(migration.name)) failed and was taken back: \(error)")
        }
    }

    /// Drawn once, at random: the lock's number is shared by everything else in the database.
    private static let lockNumber: Int64 = 7_310_584_269_013_377
}
