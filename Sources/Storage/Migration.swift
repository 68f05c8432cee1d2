/// One step of the schema. Steps go forward only and are never edited once released: a database remembers the
/// fingerprint of each step it has taken and is refused when that differs.
package struct Migration: Sendable {
    package enum Step: Sendable {
        /// A table as its row type declares it, with its indexes and its triggers.
        case table(any TableDescription)
        /// Triggers that refuse to change or take away rows of a table.
        case immutable(String)
        case sql(String)
    }

    package let version: Int64
    package let name: String
    let steps: [Step]

    package init(_ version: Int64, _ name: String, _ steps: [Step]) {
        self.version = version
        self.name = name
        self.steps = steps
    }

    /// The step's SQL for SQLite, statement by statement.
    package var sqliteStatements: [String] {
        steps.flatMap { step in
            switch step {
            case .table(let table): SQLiteText.create(table)
            case .immutable(let table): SQLiteText.immutable(table)
            case .sql(let text): [text]
            }
        }
    }

    /// The tables the step declares, in its order, which is the order a batch writes them in.
    package var tables: [any TableDescription] {
        steps.compactMap { step in
            guard case .table(let table) = step else { return nil }
            return table
        }
    }

    /// A 64-bit FNV-1a sum of the SQL: tells an edited step, not an adversary.
    package var fingerprint: Int64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in sqliteStatements.joined(separator: ";").utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        }
        return Int64(bitPattern: hash)
    }
}

/// Brings a database to the schema the program knows.
enum Migrator {
    /// Takes the steps the database has not taken, each in a transaction of its own. If the process dies in between,
    /// the next start goes on from the step that was not finished.
    static func migrate(_ connection: SQLiteConnection, to migrations: [Migration]) throws(StorageFault) {
        try connection.execute(
            """
            CREATE TABLE IF NOT EXISTS schema_migration (
                version INTEGER PRIMARY KEY, name TEXT NOT NULL, fingerprint INTEGER NOT NULL) STRICT
            """)
        let taken = try takenSteps(connection)
        let known = Dictionary(uniqueKeysWithValues: migrations.map { ($0.version, $0) })
        for (version, step) in taken {
            guard let migration = known[version] else {
                throw .cannotOpen(
                    "the database has schema step \(version) (\(step.name)) of a later version; use that one")
            }
            guard migration.fingerprint == step.fingerprint else {
                throw .cannotOpen("schema step \(version) (\(step.name)) is not the one this database was made with")
            }
        }
        for migration in migrations.sorted(by: { $0.version < $1.version }) where taken[migration.version] == nil {
            try take(migration, on: connection)
        }
    }

    private static func takenSteps(
        _ connection: SQLiteConnection
    ) throws(StorageFault) -> [Int64: (name: String, fingerprint: Int64)] {
        let statement = try connection.statement("SELECT version, name, fingerprint FROM schema_migration")
        defer { statement.reset() }
        var steps: [Int64: (name: String, fingerprint: Int64)] = [:]
        while try statement.step() {
            var columns = statement.columns
            steps[columns.integer()] = (columns.text(), columns.integer())
        }
        return steps
    }

    private static func take(_ migration: Migration, on connection: SQLiteConnection) throws(StorageFault) {
        try connection.execute("BEGIN IMMEDIATE")
        do {
            for statement in migration.sqliteStatements { try connection.execute(statement) }
            let record = try connection.statement("INSERT INTO schema_migration VALUES (?1, ?2, ?3)")
            var columns = record.parameters
            columns.integer(migration.version)
            columns.text(migration.name)
            columns.integer(migration.fingerprint)
            try record.run()
            try connection.execute("COMMIT")
        } catch {
            _ = try? connection.execute("ROLLBACK")
            throw error
        }
    }
}
