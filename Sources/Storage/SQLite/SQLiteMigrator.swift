/// Brings a SQLite file to the schema the program knows.
enum SQLiteMigrator {
    /// Takes the steps the database has not taken, each in a transaction of its own. If the process dies in between,
    /// the next start goes on from the step that was not finished.
    static func migrate(_ connection: SQLiteConnection, to migrations: [Migration]) throws(StorageFault) {
        let ordered = SchemaSteps.inOrder(migrations)
        try connection.execute(
            """
            CREATE TABLE IF NOT EXISTS schema_migration (
                version INTEGER PRIMARY KEY, name TEXT NOT NULL, fingerprint INTEGER NOT NULL) STRICT
            """)
        let taken = try takenSteps(connection)
        try SchemaSteps.check(taken, against: ordered, of: .sqlite)
        for migration in ordered.dropFirst(taken.count) { try take(migration, on: connection) }
        try SQLiteStatistics.load(on: connection)
    }

    private static func takenSteps(_ connection: SQLiteConnection) throws(StorageFault) -> [SchemaSteps.Taken] {
        let statement = try connection.statement(
            "SELECT version, name, fingerprint FROM schema_migration ORDER BY version")
        defer { statement.reset() }
        var steps: [SchemaSteps.Taken] = []
        while try statement.step() {
            var columns = statement.columns
            steps.append(
                .init(version: columns.integer(), name: columns.text(), fingerprint: columns.integer()))
        }
        return steps
    }

    private static func take(_ migration: Migration, on connection: SQLiteConnection) throws(StorageFault) {
        try connection.execute("BEGIN IMMEDIATE")
        do {
            for statement in migration.statements(for: .sqlite) { try connection.execute(statement) }
            try SQLiteStatistics.write(on: connection)
            let record = try connection.statement("INSERT INTO schema_migration VALUES (?1, ?2, ?3)")
            var columns = record.parameters
            columns.integer(migration.version)
            columns.text(migration.name)
            columns.integer(migration.fingerprint(for: .sqlite))
            try record.run()
            try connection.execute("COMMIT")
        } catch {
            if connection.isInTransaction { _ = try? connection.execute("ROLLBACK") }
            throw .cannotOpen(
                "schema step \(migration.version) (\(migration.name)) failed and was taken back: \(error)")
        }
    }
}
