import EventLog
import Storage

/// A process of its own that writes batches to a book when it is told to, as another `summa serve` on the same database does.
/// It ends when this one does.
final class WriterProcess: Sendable {
    /// What it writes, and where.
    struct Settings: Sendable {
        /// The database server, as `--store` names it: told in the environment, since it may hold a password.
        let store: String
        let database: String
        let book: BookID
        let size: Int
        let seed: UInt64
    }

    private let copy: ProgramCopy

    /// Starts it and waits until it could write.
    /// - Throws: `CommandFailure` when it ends instead; it has said why.
    init(_ settings: Settings) throws {
        copy = try ProgramCopy(
            [
                "bench", "writer", "--database", settings.database, "--book", "\(settings.book.rawValue)", "--batch",
                "\(settings.size)", "--seed", "\(settings.seed)",
            ],
            environment: [Self.storeVariable: settings.store])
        _ = try awaitRest()
    }

    /// Lets it write for some time, beside whoever else does.
    func begin(for span: Instant.Span) throws { try copy.send("\(span.microseconds)") }

    /// Waits until its last batch is committed.
    /// - Returns: How many transactions it wrote.
    func awaitRest() throws -> Int {
        guard let count = copy.nextLine().flatMap({ Int($0) }) else {
            throw CommandFailure("a writing process has failed")
        }
        return count
    }

    func stop() { copy.stop() }

    static let storeVariable = "SUMMA_BENCH_STORE"

    /// The life of such a process: it writes for as many microseconds as each line says, until there are no more lines. When
    /// it is at rest it says how many transactions it wrote.
    static func work(_ settings: Settings, orders: () -> String?, tell: (String) -> Void) throws {
        let database = try Database(
            .postgres(PostgresServer(settings.store).address(of: settings.database)), migrations: Schema.migrations,
            log: MerkleLog(), clock: SystemClock(), writer: SystemRandom().writerNumber(),
            configuration: LedgerBatches.configuration(settings.size),
            stop: { Installation.stop(because: "\($0)") })
        defer { database.close() }
        var load = LedgerLoad(
            try LedgerLoad.openedAccounts(in: database, of: settings.book), of: settings.book, seed: settings.seed)
        let batches = LedgerBatches(database: database, size: settings.size)
        tell("0")
        while let order = orders(), let microseconds = Int64(order) {
            tell("\(try batches.run(for: Instant.Span(microseconds: microseconds), of: &load))")
        }
    }
}
