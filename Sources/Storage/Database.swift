import Glibc

/// The books of one installation: a thin shell that lets tasks wait for the engine's batches and for readers.
package final class Database: Sendable {
    package struct Configuration: Sendable {
        package var limits = Engine.Limits()
        /// How long the writer waits for the callers it has just released.
        package var lingerMicroseconds = 100
        package var pagesPerCheckpoint: Int32 = 2_000
        /// False when batches are run by hand with `runBatch`, as a simulation does.
        package var runsOwnThread = true

        package init() {}
    }

    private let engine: Engine
    private let thread: WriterThread?
    private let readers: ReaderPool
    private let lock: LockFile
    package let path: String

    /// Opens or makes the database in a directory, brings its schema up to date, and holds the directory's lock.
    /// - Parameters:
    ///   - writer: A number drawn at random for this process's life.
    ///   - stop: Ends the process when what is on disk is unknown.
    /// - Throws: `StorageFault.cannotOpen` with a sentence for people.
    package init(
        directory: String, migrations: [Migration], log: any LogExtension, clock: any TimeSource, writer: Int64,
        configuration: Configuration = Configuration(), stop: @escaping @Sendable (StorageFault) -> Void
    ) throws(StorageFault) {
        guard mkdir(directory, 0o700) == 0 || errno == EEXIST else {
            throw .cannotOpen("cannot make \(directory): \(String(cString: strerror(errno)))")
        }
        lock = try LockFile(directory: directory)
        path = Database.file(in: directory)
        let connection = try SQLiteWriter(path: path, pagesPerCheckpoint: configuration.pagesPerCheckpoint)
        try Migrator.migrate(connection.rawConnection, to: [StorageSchema.migration] + migrations)
        engine = Engine(
            connection: connection, tables: migrations.flatMap(\.tables), log: log, clock: clock,
            limits: configuration.limits, writer: writer, stop: stop)
        readers = ReaderPool(path: path)
        thread =
            configuration.runsOwnThread
            ? WriterThread(engine: engine, lingerMicroseconds: configuration.lingerMicroseconds) : nil
        thread?.start()
    }

    /// The database's file in a data directory.
    package static func file(in directory: String) -> String { directory + "/summa.sqlite" }

    // MARK: Writing

    /// Runs a body in the next batch and returns what it answered when the commit is durable; throws what it threw, in
    /// which case nothing it did remains. A caller that is cancelled still waits: its commit is never cut off.
    package func write<T: Sendable>(
        _ book: BookID, expecting: [ExpectedKey] = [], bytes: Int = 256,
        _ body: @escaping @Sendable (inout UnitOfWork) throws -> T
    ) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            engine.enqueue(book, expecting: expecting, bytes: bytes, body: body) { continuation.resume(with: $0) }
            thread?.wake()
        }
    }

    /// The synchronous form: the completion is called on the writer's thread.
    package func enqueue<T>(
        _ book: BookID, expecting: [ExpectedKey] = [], bytes: Int = 256,
        body: @escaping (inout UnitOfWork) throws -> T, completion: @escaping (Result<T, any Error>) -> Void
    ) {
        engine.enqueue(book, expecting: expecting, bytes: bytes, body: body, completion: completion)
        thread?.wake()
    }

    /// Whether batches are run by a thread of the database's own, or by hand with `runBatch`.
    package var hasOwnThread: Bool { thread != nil }

    /// Runs one batch on the calling thread, where the database runs no thread of its own. Answers how many it served.
    @discardableResult
    package func runBatch() -> Int {
        precondition(thread == nil, "a database with its own thread runs its batches itself")
        return engine.runBatch()
    }

    /// Makes a book under a name. Throws where the name or the number is taken.
    package func createBook(_ book: BookID, named name: String) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            enqueueCreation(of: book, named: name) { continuation.resume(with: $0) }
        }
    }

    /// The synchronous form of `createBook`: the completion is called by the batch that makes the book.
    package func enqueueCreation(
        of book: BookID, named name: String, completion: @escaping @Sendable (Result<Void, any Error>) -> Void
    ) {
        engine.enqueueCreation(of: book, named: name, completion: completion)
        thread?.wake()
    }

    // MARK: Reading

    /// Runs a body on a snapshot of one book, on the calling thread: for look-ups and short pages.
    package func read<T>(_ book: BookID, _ body: (Rows) throws -> T) throws -> T {
        try readers.read(book, body)
    }

    /// The heads of all books, in order of their numbers.
    package func heads() throws -> [Head] {
        try readers.heads()
    }

    // MARK: Ending

    /// Serves what waits, refuses what comes, and ends the writer's thread.
    package func close() {
        engine.close()
        thread?.stop()
    }

    /// Wakes whoever waits for a log to grow.
    package var signal: CommitSignal { engine.signal }

    package var counts: EngineMeasures.Counts { engine.measures.current }
    package var waitingCount: Int { engine.waitingCount }
}
