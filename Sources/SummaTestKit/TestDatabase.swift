import Storage
import Synchronization

/// A real database in a directory of its own, with a clock the test moves and a writer's number that never changes.
///
/// Unless asked for a thread of its own it is stepped: `write` runs one batch on the calling thread, so that a test
/// reads from top to bottom. Closed, and its directory removed, when the value goes.
package final class TestDatabase {
    package let clock: ManualClock
    package let directory: TemporaryDirectory
    /// What the engine said when it asked for the process to be stopped; empty in a healthy run.
    package var stops: [StorageFault] { stopped.faults.withLock { $0 } }

    /// Where it is: in `directory`, or in PostgreSQL.
    package let place: DatabasePlace

    private let remove: @Sendable () -> Void
    private let migrations: [Migration]
    private let log: any LogExtension
    private let configuration: Database.Configuration
    private let stopped = Stops()
    private var opened: Database?

    /// - Parameters:
    ///   - books: Books to make at once, named `book-1` and so on.
    ///   - missRounds: How often a body is run again for rows it missed before it reads in place.
    ///   - runsOwnThread: True for tests in which tasks wait for batches; otherwise batches are run by hand.
    ///   - configure: For the limits a test wants tight.
    package init(
        _ migrations: [Migration], books: [BookID] = [.first], log: any LogExtension = ChainedLog(),
        clock: ManualClock = ManualClock(), missRounds: Int = 0, runsOwnThread: Bool = false,
        configure: (inout Database.Configuration) -> Void = { _ in }
    ) throws {
        self.migrations = migrations
        self.log = log
        self.clock = clock
        directory = try TemporaryDirectory()
        (place, remove) = try TestStore.make(migrations, in: directory)
        var configuration = Database.Configuration()
        configuration.limits.missRounds = missRounds
        configuration.runsOwnThread = runsOwnThread
        // Short, so that every suite reads from runs and not from memory alone; longer where many callers write, since each
        // run waits for the disk twice.
        configuration.runs.rowsPerRun = runsOwnThread ? 512 : 16
        configure(&configuration)
        self.configuration = configuration
        try make(books)
        opened = try open(configuration)
    }

    deinit {
        opened?.close()
        opened = nil
        remove()
    }

    package var database: Database {
        guard let opened else { preconditionFailure("the test has closed its database") }
        return opened
    }

    // MARK: Stepping

    /// Runs a body in a batch by itself and answers what it answered, or throws what it threw.
    package func write<T>(
        _ book: BookID = .first, expecting: [ExpectedKey] = [], _ body: @escaping (inout UnitOfWork) throws -> T
    ) throws -> T {
        var result: Result<T, any Error>?
        database.enqueue(book, expecting: expecting, body: body) { result = $0 }
        database.runBatch()
        guard let result else { throw NoAnswer() }
        return try result.get()
    }

    package func read<T>(_ book: BookID = .first, _ body: (Rows) throws -> T) throws -> T {
        try database.read(book, body)
    }

    /// Closes the database and opens it again, as the next start of the process would.
    package func reopen() throws {
        close()
        opened = try open(configuration)
    }

    package func close() {
        opened?.close()
        opened = nil
    }

    /// Thrown when a batch ended and a caller in it was told nothing.
    package struct NoAnswer: Error {}

    /// The PostgreSQL database's address. Only for tests that need one.
    package func postgresAddress() throws -> PostgresAddress {
        guard case .postgres(let address) = place else { throw NoAnswer() }
        return address
    }

    /// SQL past our own code.
    package func raw() throws -> RawConnection { try RawConnection(to: place) }

    /// The SQLite file, for tests of what only a file does.
    package var path: String { Database.file(in: directory.path) }

    // MARK: Opening

    /// Makes the books by hand, whether or not the test's database will have a thread.
    private func make(_ books: [BookID]) throws {
        var stepped = configuration
        stepped.runsOwnThread = false
        let database = try open(stepped)
        defer { database.close() }
        let refusals = Mutex<[any Error]>([])
        for book in books {
            database.enqueueCreation(of: book, named: "book-\(book.rawValue)") { result in
                if case .failure(let error) = result { refusals.withLock { $0.append(error) } }
            }
        }
        database.runBatch()
        if let refusal = refusals.withLock({ $0.first }) { throw refusal }
    }

    private func open(_ configuration: Database.Configuration) throws -> Database {
        let database = try Database(
            place, migrations: migrations, log: log, clock: clock, writer: 1,
            configuration: configuration, stop: { [stopped] fault in stopped.faults.withLock { $0.append(fault) } })
        try database.takeCharge()
        return database
    }

    private final class Stops: Sendable {
        let faults = Mutex<[StorageFault]>([])
    }
}

extension BookID {
    /// The book of tests that need only one.
    package static let first = BookID(rawValue: 1)
}

extension TestDatabase {
    /// A second engine on the same database, past a directory's lock: another process, as far as the first can tell.
    package func anotherEngine(
        tables: [any TableDescription], limits: Engine.Limits = Engine.Limits(), log: any LogExtension = ChainedLog()
    ) throws -> Engine {
        Engine(
            connection: try anotherConnection(), tables: tables, log: log, clock: clock, limits: limits, writer: 2,
            stop: { _ in })
    }

    /// What an engine on this database needs to run bodies ahead of its commits.
    /// - Parameter reads: False for snapshots that cannot be opened.
    package func runningAhead(reads: Bool = true) throws -> RunningAhead {
        guard reads else {
            return RunningAhead(CommitWhenAwaited(), runs: nil) { () throws(StorageFault) in
                throw .unreachable("in a test")
            }
        }
        switch place {
        case .directory:
            return RunningAhead(CommitWhenAwaited(), runs: nil) { [path] () throws(StorageFault) in
                try SQLiteConnection(path: path, access: .readOnly)
            }
        case .postgres(let address):
            let store = try PostgresStore(address, migrations: migrations)
            return RunningAhead(CommitWhenAwaited(), runs: nil) { () throws(StorageFault) in
                try store.openLookUps(spanMax: .seconds(5))
            }
        }
    }

    package func anotherConnection(pagesPerCheckpoint: Int32 = 2_000) throws -> any WriterConnection {
        switch place {
        case .directory: try SQLiteWriter(path: path, pagesPerCheckpoint: pagesPerCheckpoint)
        case .postgres(let address): try PostgresWriter(address)
        }
    }
}
