/// Brings a database to the schema the program knows.
enum Migrator {
    private struct Taken {
        let version: Int64
        let name: String
        let fingerprint: Int64
    }

    /// Takes the steps the database has not taken, each in a transaction of its own. If the process dies in between,
    /// the next start goes on from the step that was not finished.
    static func migrate(_ connection: SQLiteConnection, to migrations: [Migration]) throws(StorageFault) {
        let ordered = migrations.sorted { $0.version < $1.version }
        precondition(Set(ordered.map(\.version)).count == ordered.count, "two schema steps have one version")
        try connection.execute(
            """
            CREATE TABLE IF NOT EXISTS schema_migration (
                version INTEGER PRIMARY KEY, name TEXT NOT NULL, fingerprint INTEGER NOT NULL) STRICT
            """)
        let taken = try takenSteps(connection)
        try check(taken, against: ordered)
        for migration in ordered.dropFirst(taken.count) { try take(migration, on: connection) }
        try SQLiteStatistics.load(on: connection)
    }

    /// The steps a database has taken are the first of those the program knows, unchanged.
    private static func check(_ taken: [Taken], against known: [Migration]) throws(StorageFault) {
        for (position, step) in taken.enumerated() {
            guard known.contains(where: { $0.version == step.version }) else {
                throw .cannotOpen(
                    "the database has schema step \(step.version) (\(step.name)) of a later version; use that one")
            }
            let expected = known[position]
            guard expected.version == step.version else {
                throw .cannotOpen(
                    "schema step \(expected.version) (\(expected.name)) is missing below step \(step.version) (\(step.name))"
                )
            }
            guard expected.fingerprint == step.fingerprint else {
                throw .cannotOpen(
                    "schema step \(step.version) (\(step.name)) is not the one this database was made with")
            }
        }
    }

    private static func takenSteps(_ connection: SQLiteConnection) throws(StorageFault) -> [Taken] {
        let statement = try connection.statement(
            "SELECT version, name, fingerprint FROM schema_migration ORDER BY version")
        defer { statement.reset() }
        var steps: [Taken] = []
        while try statement.step() {
            var columns = statement.columns
            steps.append(
                Taken(version: columns.integer(), name: columns.text(), fingerprint: columns.integer()))
        }
        return steps
    }

    private static func take(_ migration: Migration, on connection: SQLiteConnection) throws(StorageFault) {
        try connection.execute("BEGIN IMMEDIATE")
        do {
            for statement in migration.sqliteStatements { try connection.execute(statement) }
            try SQLiteStatistics.write(on: connection)
            let record = try connection.statement("INSERT INTO schema_migration VALUES (?1, ?2, ?3)")
            var columns = record.parameters
            columns.integer(migration.version)
            columns.text(migration.name)
            columns.integer(migration.fingerprint)
            try record.run()
            try connection.execute("COMMIT")
        } catch {
            if connection.isInTransaction { _ = try? connection.execute("ROLLBACK") }
            throw .cannotOpen(
                "schema step \(migration.version) (\(migration.name)) failed and was taken back: \(error)")
        }
    }
}
