/// Which runs there are, as the database names them. A run is there when it is named in a commit, whatever files lie about.
///
/// Of SQLite alone and derived, so no schema step makes these tables, and no other database has them.
struct RunCatalog {
    let connection: SQLiteConnection

    /// Makes the tables where they are missing, and drops the indexes that runs stand for: a random key never again enters a
    /// large tree. If the process dies in between, the next start does the rest.
    func prepare(for tables: [any TableDescription]) throws(StorageFault) {
        let indexes = tables.flatMap(\.indexesInRuns)
        guard try !isPrepared(indexes) else { return }
        let drops = indexes.map { "DROP INDEX IF EXISTS \($0);" }.joined()
        try connection.execute("BEGIN IMMEDIATE; \(Self.tables); \(drops) COMMIT")
    }

    private func isPrepared(_ indexes: [String]) throws(StorageFault) -> Bool {
        let names = (indexes + ["run"]).map { "'\($0)'" }.joined(separator: ", ")
        let found = try connection.text("SELECT group_concat(name) FROM sqlite_schema WHERE name IN (\(names))")
        return found == "run"
    }

    private static let tables = """
        CREATE TABLE IF NOT EXISTS run (
            number INTEGER NOT NULL PRIMARY KEY, of_table TEXT NOT NULL, seed INTEGER NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS run_range (
            number INTEGER NOT NULL, book INTEGER NOT NULL, after_id INTEGER NOT NULL, through_id INTEGER NOT NULL,
            PRIMARY KEY (number, book)) STRICT, WITHOUT ROWID
        """

    /// The runs named, in the order of their numbers.
    func runs() throws(StorageFault) -> [RunIdentity] {
        let ranges = try ranges()
        let statement = try connection.statement("SELECT number, of_table, seed FROM run ORDER BY number")
        defer { statement.reset() }
        var runs: [RunIdentity] = []
        while try statement.step() {
            var columns = statement.columns
            let number = columns.integer()
            runs.append(
                RunIdentity(
                    number: number, table: columns.text(), seed: UInt64(bitPattern: columns.integer()),
                    ranges: ranges[number, default: []]))
        }
        return runs
    }

    private func ranges() throws(StorageFault) -> [Int64: [RunRange]] {
        let statement = try connection.statement(
            "SELECT number, book, after_id, through_id FROM run_range ORDER BY number, book")
        defer { statement.reset() }
        var ranges: [Int64: [RunRange]] = [:]
        while try statement.step() {
            var columns = statement.columns
            let number = columns.integer()
            ranges[number, default: []].append(
                RunRange(
                    book: BookID(rawValue: columns.integer()), after: columns.integer(), through: columns.integer()))
        }
        return ranges
    }

    /// Names a run whose file is on the disk, within a transaction of the caller's.
    func insert(_ run: RunIdentity) throws(StorageFault) {
        let record = try connection.statement("INSERT INTO run (number, of_table, seed) VALUES (?1, ?2, ?3)")
        var columns = record.parameters
        columns.integer(run.number)
        columns.text(run.table)
        columns.integer(Int64(bitPattern: run.seed))
        try record.run()
        let rangeRecord = try connection.statement("INSERT INTO run_range VALUES (?1, ?2, ?3, ?4)")
        for range in run.ranges {
            var columns = rangeRecord.parameters
            columns.integer(run.number)
            columns.integer(range.book.rawValue)
            columns.integer(range.after)
            columns.integer(range.through)
            try rangeRecord.run()
        }
    }

    /// Names a run no more, within a transaction of the caller's.
    func remove(_ run: RunIdentity) throws(StorageFault) {
        for table in ["run_range", "run"] {
            let statement = try connection.statement("DELETE FROM \(table) WHERE number = ?1")
            var columns = statement.parameters
            columns.integer(run.number)
            try statement.run()
        }
    }
}

extension Database {
    /// How many runs the file in a data directory names: for whoever wants to know that some were sealed.
    package static func runCount(in directory: String) throws(StorageFault) -> Int {
        try RunCatalog(connection: SQLiteConnection(path: file(in: directory), access: .readOnly)).runs().count
    }
}
