/// A SQLite file in a directory that this process alone serves: one connection writes all books.
final class SQLiteStore: Store, @unchecked Sendable {
    private let path: String
    private let lock: LockFile
    private let writer: SQLiteWriter

    /// Makes the directory and the file where they are missing, takes the directory's lock, and brings the schema up to date.
    /// - Throws: `StorageFault.cannotOpen` with a sentence for people.
    init(
        directory: String, migrations: [Migration], writer number: Int64, configuration: Database.Configuration
    ) throws(StorageFault) {
        let place = try DurableDirectory(directory)
        lock = try LockFile(directory: directory)
        path = Database.file(in: directory)
        writer = try SQLiteWriter(path: path, pagesPerCheckpoint: configuration.pagesPerCheckpoint)
        try SQLiteMigrator.migrate(writer.rawConnection, to: [StorageSchema.migration] + migrations)
        try place.sync()
        try writer.openRuns(
            of: migrations.flatMap(\.tables), in: directory, seed: UInt64(bitPattern: number),
            rowsPerRun: configuration.runs.rowsPerRun,
            usesOwnThread: configuration.runs.usesOwnThread ?? configuration.runsOwnThread)
    }

    var writerCount: Int { 1 }
    var isShared: Bool { false }
    var missRounds: Int { 0 }

    /// The one there is.
    func openWriter() -> any WriterConnection { writer }

    func openReader(spanMax: Instant.Span?) throws(StorageFault) -> any ReaderConnection {
        try Self.reader(of: path)
    }

    func openLookUps(spanMax: Instant.Span) throws(StorageFault) -> any ReaderConnection {
        try Self.reader(of: path)
    }

    func openLeases() -> (any LeaseTable & Sendable)? { nil }

    var runs: Runs? { writer.runs }

    func close() {
        runs?.close()
        lock.release()
    }

    static func reader(of path: String) throws(StorageFault) -> SQLiteConnection {
        let connection = try SQLiteConnection(path: path, access: .readOnly)
        try connection.execute("PRAGMA query_only = ON; PRAGMA cache_size = -8192; PRAGMA mmap_size = 268435456")
        return connection
    }
}
