import Storage

/// Two processes that write to one PostgreSQL, against one of them alone: a slice of the one after a slice of both, so that
/// whatever the machine does meanwhile it does to both.
struct ProcessesCase: BenchCase {
    enum Books: Sendable { case one, two }

    /// Whether both processes write to one book, or each to its own.
    let books: Books
    /// Transactions handed in together.
    let size: Int
    /// How long one process writes alone, and as long again both.
    let seconds: Int64
    let accountCount: Int

    private static let sliceCount: Int64 = 4

    var name: String { "two processes on \(books == .one ? "one book" : "two books")" }

    func measure(in place: BenchPlace) async throws -> [BenchFigure] {
        guard let store = place.store else { throw CommandFailure("several processes share books in PostgreSQL only") }
        return try await place.withBooks(LedgerBatches.configuration(size)) { installation in
            let database = installation.database
            for book in written {
                _ = try await LedgerLoad.accounts(
                    accountCount, in: database, of: book, named: "\(Founding.bookName)-\(book.rawValue)")
            }
            return try await BenchThread.run {
                let writers = try (0..<2).map { index in
                    try WriterProcess(
                        .init(
                            store: store, database: place.databaseName, book: written[index % written.count],
                            size: size, seed: place.seed &* 1_009 &+ UInt64(index)))
                }
                defer { for writer in writers { writer.stop() } }
                return try figures(of: writers, in: database)
            }
        }
    }

    /// The books that are written to: the processes' one, or each process's.
    private var written: [BookID] {
        let other = BookID(rawValue: LedgerLoad.book.rawValue + 1)
        return books == .one ? [LedgerLoad.book] : [LedgerLoad.book, other]
    }

    private func figures(of writers: [WriterProcess], in database: Database) throws -> [BenchFigure] {
        let span = Instant.Span(microseconds: seconds * 1_000_000 / Self.sliceCount)
        var (alone, together) = (Written(), Written())
        for slice in 0...Self.sliceCount {
            let aloneSlice = try write(for: span, by: writers.prefix(1), in: database)
            let togetherSlice = try write(for: span, by: writers[...], in: database)
            // The first slice only warms both up.
            guard slice > 0 else { continue }
            alone.add(aloneSlice)
            together.add(togetherSlice)
        }
        return [
            BenchFigure("alone", .perSecond, alone.perSecond),
            BenchFigure("together", .perSecond, together.perSecond),
            BenchFigure("together of alone", .perMille, together.perSecond * 1_000 / max(1, alone.perSecond)),
        ]
    }

    /// Lets some of the processes write at once, and counts what stands in the database afterwards.
    private func write(
        for span: Instant.Span, by writers: ArraySlice<WriterProcess>, in database: Database
    ) throws -> Written {
        let before = try database.benchEventCount(of: written)
        let uptime = Uptime()
        let start = uptime.now
        for writer in writers { try writer.begin(for: span) }
        let acknowledged = try writers.reduce(0) { try $0 + $1.awaitRest() }
        let microseconds = uptime.now.since(start).microseconds
        let count = try database.benchEventCount(of: written) - before
        try demand(count, acknowledged: acknowledged)
        return Written(count: count, microseconds: microseconds)
    }
}

/// Events that came into a database, over wall time.
private struct Written {
    var count: Int64 = 0
    var microseconds: Int64 = 0

    var perSecond: Int64 { count * 1_000_000 / max(1, microseconds) }

    mutating func add(_ other: Written) {
        count += other.count
        microseconds += other.microseconds
    }
}
