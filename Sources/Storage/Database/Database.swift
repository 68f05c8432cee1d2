/// The books of one installation: a thin shell that lets tasks wait for the engine's batches and for readers.
package final class Database: Sendable {
    package struct Configuration: Sendable {
        package var limits = Engine.Limits()
        /// How long the writer waits for the callers it has just released.
        package var lingerSpan = Instant.Span(microseconds: 100)
        package var pagesPerCheckpoint: Int32 = 4_000
        /// Readers at a time; the next one's thread waits.
        package var readerCountMax = 8
        /// How long one read may hold its snapshot.
        package var readSpanMax = Instant.Span.seconds(5)
        /// False when batches are run by hand with `runBatch`, as a simulation does.
        package var runsOwnThread = true
        package var runs = Runs.Limits()
        /// Stands between the engine and its connection: where a simulation lets the world fail.
        package var wrapping: @Sendable (any WriterConnection) -> any WriterConnection = { $0 }

        package init() {}
    }

    private let engine: Engine
    private let thread: WriterThread?
    private let readers: ReaderPool
    private let reports = ReportThreads()
    private let lock: LockFile
    private let runs: Runs?
    /// Every table of the schema, in the order its steps declare them.
    package let tables: [any TableDescription]
    package let path: String

    /// Opens or makes the database in a directory, brings its schema up to date, and holds the directory's lock.
    /// - Parameters:
    ///   - writer: A number drawn at random for this process's life.
    ///   - stop: Ends the process when what is on disk is unknown. Called once, on the writer's thread, when the callers of
    ///     that batch have been told.
    /// - Throws: `StorageFault.cannotOpen` with a sentence for people.
    package init(
        directory: String, migrations: [Migration], log: any LogExtension, clock: any TimeSource, writer: Int64,
        configuration: Configuration = Configuration(), stop: @escaping @Sendable (StorageFault) -> Void
    ) throws(StorageFault) {
        let place = try DurableDirectory(directory)
        lock = try LockFile(directory: directory)
        path = Database.file(in: directory)
        let connection = try SQLiteWriter(path: path, pagesPerCheckpoint: configuration.pagesPerCheckpoint)
        try Migrator.migrate(connection.rawConnection, to: [StorageSchema.migration] + migrations)
        try place.sync()
        tables = migrations.flatMap(\.tables)
        try connection.openRuns(
            of: tables, in: directory, seed: UInt64(bitPattern: writer), rowsPerRun: configuration.runs.rowsPerRun,
            usesOwnThread: configuration.runs.usesOwnThread ?? configuration.runsOwnThread)
        runs = connection.runs
        engine = Engine(
            connection: configuration.wrapping(connection), tables: tables, log: log, clock: clock,
            limits: configuration.limits, writer: writer, stop: stop)
        readers = ReaderPool(
            path: path, runs: runs, countMax: configuration.readerCountMax, spanMax: configuration.readSpanMax)
        thread =
            configuration.runsOwnThread ? WriterThread(engine: engine, lingerSpan: configuration.lingerSpan) : nil
        try thread?.start()
    }

    deinit {
        close()
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
    /// - Throws: `unknownBook`; `readTooLong` when the body's queries go on for longer than a snapshot may live.
    package func read<T>(_ book: BookID, _ body: (Rows) throws -> T) throws -> T {
        try readers.read(book, body)
    }

    /// Runs a body on a snapshot of one book, on a thread that may block: for reads that take longer than a task's thread
    /// can be spared. Throws `overloaded` at once when too many reports wait.
    package func report<T: Sendable>(
        _ book: BookID, _ body: @escaping @Sendable (Rows) throws -> T
    ) async throws -> T {
        // Where batches are stepped by hand everything is: a run from a seed has no second thread.
        guard thread != nil else { return try read(book, body) }
        return try await withCheckedThrowingContinuation { continuation in
            do {
                try reports.enqueue { [readers] in
                    continuation.resume(with: Result { try readers.read(book, body) })
                }
            } catch { continuation.resume(throwing: error) }
        }
    }

    /// The heads of all books, in order of their numbers.
    package func heads() throws -> [Head] {
        try readers.heads()
    }

    // MARK: Ending

    /// Serves what waits, refuses what comes, ends the threads, and lets go of the directory.
    package func close() {
        engine.close()
        reports.stop()
        if let thread { thread.stop() } else { engine.runBatches() }
        runs?.close()
        lock.release()
    }

    /// Wakes whoever waits for a log to grow.
    package var signal: CommitSignal { engine.signal }

    package var counts: EngineMeasures.Counts { engine.measures.current }
    package var waitingCount: Int { engine.waitingCount }
}
