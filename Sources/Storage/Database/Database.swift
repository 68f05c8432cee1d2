/// The books of one installation: a thin shell that lets tasks wait for the engine's batches and for readers.
package final class Database: Sendable {
    package struct Configuration: Sendable {
        package var limits = Engine.Limits()
        /// How long the writer waits for the callers it has just released.
        package var lingerSpan = Instant.Span(microseconds: 100)
        /// On SQLite: how far the write-ahead log may grow before a part is carried over.
        package var pagesPerCheckpoint: Int32 = 4_000
        /// On PostgreSQL: how many connections write, each of them other books.
        package var writerCount = 2
        /// Readers at a time; the next one's thread waits.
        package var readerCountMax = 8
        /// How long one read may hold its snapshot.
        package var readSpanMax = Instant.Span.seconds(5)
        /// False when batches are run by hand with `runBatch`, as a simulation does.
        package var runsOwnThread = true
        /// Where batches are run by hand: whether a commit is put off until the bodies of the next batch have run, as far as a
        /// thread of its own could let them get ahead of it.
        package var defersCommits = false
        package var runs = Runs.Limits()
        /// Stands between the engine and its connection: where a simulation lets the world fail.
        package var wrapping: @Sendable (any WriterConnection) -> any WriterConnection = { $0 }

        /// Told of trouble that no caller is told of, such as a lease that could not be renewed.
        package var report: @Sendable (StorageFault) -> Void = { _ in }

        package init() {}
    }

    /// One for each connection that writes. A book is always the same one's, so that its bodies run one after another.
    private let engines: [Engine]
    /// One for each engine; none where batches are run by hand.
    private let threads: [WriterThread]
    private let readers: ReaderPool
    private let reports = ReportThreads()
    private let store: any Store
    /// Where tasks should run that read: threads that may wait for a server. Nil where reading waits for nobody.
    package let taskExecutor: (any TaskExecutor)?
    private let taskThreads: BlockingThreads?
    /// Nil where this process alone serves the database.
    private let leases: LeaseKeeper?
    private let watch: HeadWatch?
    /// Every table of the schema, in the order its steps declare them.
    package let tables: [any TableDescription]
    /// Wakes whoever waits for a log to grow.
    package let signal: CommitSignal

    /// Opens a database: one in a directory is made where it is missing, brought up to date and locked for this process; one in
    /// PostgreSQL has to be up to date.
    /// - Parameters:
    ///   - writer: A number drawn at random for this process's life.
    ///   - stop: Ends the process when what is on disk is unknown. Called once, on the writer's thread, when the callers of
    ///     that batch have been told.
    /// - Throws: `StorageFault.cannotOpen` with a sentence for people.
    package init(
        _ place: DatabasePlace, migrations: [Migration], log: any LogExtension, clock: any TimeSource, writer: Int64,
        configuration: Configuration = Configuration(), stop: @escaping @Sendable (StorageFault) -> Void
    ) throws(StorageFault) {
        let store = try place.open(migrations, writer: writer, configuration: configuration)
        let tables = migrations.flatMap(\.tables)
        let signal = CommitSignal()
        var engines: [Engine] = []
        var limits = configuration.limits.share(of: store.writerCount)
        limits.missRounds = max(limits.missRounds, store.missRounds)
        for _ in 0..<store.writerCount {
            let connection = configuration.wrapping(try store.openWriter())
            let ahead = try Self.runner(configuration).map {
                RunningAhead($0, runs: store.runs) { () throws(StorageFault) in
                    try store.openLookUps(spanMax: configuration.readSpanMax)
                }
            }
            let engine = Engine(
                connection: connection, tables: tables, log: log, clock: clock,
                limits: limits, writer: writer, signal: signal, ahead: ahead, stop: stop)
            engines.append(engine)
        }
        (self.store, self.tables, self.signal, self.engines) = (store, tables, signal, engines)
        readers = ReaderPool(store, countMax: configuration.readerCountMax, spanMax: configuration.readSpanMax)
        threads =
            configuration.runsOwnThread
            ? engines.map { WriterThread(engine: $0, lingerSpan: configuration.lingerSpan) } : []
        taskThreads = store.isShared ? BlockingThreads(threadCountMax: configuration.readerCountMax) : nil
        taskExecutor = taskThreads
        leases = store.openLeases().map { LeaseKeeper($0, process: writer, report: configuration.report) }
        let isWatched = store.isShared && configuration.runsOwnThread
        watch = isWatched ? HeadWatch(readers, signal, report: configuration.report) : nil
        for thread in threads { try thread.start() }
        try watch?.start()
    }

    private static func runner(_ configuration: Configuration) throws(StorageFault) -> (any CommitRunner)? {
        if configuration.runsOwnThread { return try CommitThread() }
        return configuration.defersCommits ? CommitWhenAwaited() : nil
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
            enqueue(book, expecting: expecting, bytes: bytes, body: body) { continuation.resume(with: $0) }
        }
    }

    /// The synchronous form: the completion is called on the thread that commits.
    package func enqueue<T>(
        _ book: BookID, expecting: [ExpectedKey] = [], bytes: Int = 256,
        body: @escaping (inout UnitOfWork) throws -> T, completion: @escaping (Result<T, any Error>) -> Void
    ) {
        let place = place(of: book)
        engines[place].enqueue(book, expecting: expecting, bytes: bytes, body: body, completion: completion)
        wake(place)
    }

    /// Which engine serves a book.
    private func place(of book: BookID) -> Int {
        Int(UInt64(bitPattern: book.rawValue) % UInt64(engines.count))
    }

    private func wake(_ place: Int) {
        if !threads.isEmpty { threads[place].wake() }
    }

    /// Whether batches are run by threads of the database's own, or by hand with `runBatch`.
    package var hasOwnThread: Bool { !threads.isEmpty }

    /// Runs one batch of each engine on the calling thread, where the database runs no threads of its own. Answers how many
    /// callers were served.
    @discardableResult
    package func runBatch() -> Int {
        precondition(threads.isEmpty, "a database with its own threads runs its batches itself")
        return engines.reduce(0) { $0 + $1.runBatch() }
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
        let place = place(of: book)
        engines[place].enqueueCreation(of: book, named: name, completion: completion)
        wake(place)
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
        guard hasOwnThread else { return try read(book, body) }
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

    // MARK: Being in charge

    /// Begins to take this process's share of what goes on in the books beside their callers. Without it a process answers
    /// callers and does nothing else.
    /// - Parameter url: Where callers reach this process, for others to tell as the one preferred.
    package func takeCharge(at url: String? = nil) throws(StorageFault) {
        leases?.tell(url)
        if hasOwnThread { try leases?.start() } else { leases?.renew() }
    }

    /// The books this process is in charge of at this moment, in order of their numbers: all of them where it is alone.
    package func charges() throws -> [Charge] {
        guard let leases else { return try heads().map { Charge(book: $0.book, fence: 0) } }
        if !hasOwnThread { leases.renew() }
        return try heads().compactMap { leases.charge(of: $0.book) }
    }

    /// Where callers of a book are served best: the process that is in charge of it, when that is another and told where it is
    /// reached. A hint, and no more: any process serves any book.
    package func preferredURL(of book: BookID) -> String? { leases?.preferredURL(of: book) }

    // MARK: Ending

    /// Serves what waits, refuses what comes, ends the threads, and lets go of the database.
    package func close() {
        for engine in engines { engine.close() }
        reports.stop()
        watch?.stop()
        for thread in threads { thread.stop() }
        if threads.isEmpty { for engine in engines { engine.runBatches() } }
        leases?.stop()
        taskThreads?.stop()
        store.close()
    }

    // MARK: Looking

    /// Whether other processes write to the same books.
    package var isShared: Bool { store.isShared }
    /// Callers who wait for a batch or, where batches are run by hand, for the next to commit theirs.
    package var waitingCount: Int {
        engines.reduce(0) { $0 + $1.waitingCount + (hasOwnThread ? 0 : $1.committingCount) }
    }
    package var counts: EngineMeasures.Counts {
        engines.reduce(into: EngineMeasures.Counts()) { $0.add($1.measures.current) }
    }
}
