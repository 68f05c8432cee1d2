import Storage

/// Many millions of transactions in one book: whether the last ones are as fast as the first, what they take, and how long a
/// restart takes then.
struct GrowthCase: BenchCase {
    let count: Int
    let batchSize: Int
    let accountCount: Int

    /// The rates of the first and of the last so many are compared.
    private var stretch: Int { min(1_000_000, max(1, count / 2)) }

    var name: String { "\(count) in batches of \(batchSize)" }

    func measure(in place: BenchPlace) async throws -> [BenchFigure] {
        defer { place.remove() }
        let figures = try await place.open(LedgerBatches.configuration(batchSize)) { try await grow($0, in: place) }
        let start = Uptime().now
        let restart = try await place.open { books in
            _ = try books.database.benchEventCount()
            return BenchFigure("restart", .microseconds, Uptime().now.since(start).microseconds)
        }
        try place.verifyAndRemove()
        return figures + [restart]
    }

    private func grow(_ books: Installation, in place: BenchPlace) async throws -> [BenchFigure] {
        var load = LedgerLoad(try await LedgerLoad.accounts(accountCount, in: books.database), seed: place.seed)
        let batches = LedgerBatches(database: books.database, size: batchSize)
        let whole = RateMeter()
        let first = RateMeter()
        _ = try batches.run(stretch, of: &load)
        let firstFigures = first.figures("first", Int64(stretch))
        _ = try batches.run(max(0, count - 2 * stretch), of: &load)
        let last = RateMeter()
        let latencies = try batches.run(stretch, of: &load)
        let lastFigures = last.figures("last", Int64(stretch))
        let events = try books.database.benchEventCount()
        return [
            whole.figures("all", events - Int64(accountCount))[0], firstFigures[0], lastFigures[0],
            BenchFigure("last of first", .perMille, lastFigures[0].value * 1_000 / max(1, firstFigures[0].value)),
        ] + latencies.figures + [
            BenchFigure("peak", .kibibytes, ProcessMeasures.peakMemoryKiB),
            BenchFigure("each", .bytes, place.bytesOnDisk / max(1, events)),
        ]
    }
}
