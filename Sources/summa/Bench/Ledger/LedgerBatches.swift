import Ledger
import Storage
import Synchronization

/// Transactions handed in together, batch after batch, by one thread.
struct LedgerBatches: Sendable {
    let database: Database
    let size: Int

    /// Opens nothing by itself: batches of exactly one size are run by hand.
    static func configuration(_ size: Int) -> Database.Configuration {
        var configuration = Database.Configuration()
        configuration.runsOwnThread = false
        // Batches are run by hand to be timed; runs are made beside them, as in a server.
        configuration.runs.usesOwnThread = true
        configuration.limits.batchCountMax = size
        return configuration
    }

    /// - Returns: How long each batch took.
    /// - Throws: The first refusal of a transaction.
    func run(_ count: Int, of load: inout LedgerLoad) throws -> Latencies {
        var latencies = Latencies()
        for first in stride(from: 0, to: count, by: size) {
            latencies.add(try runOne(of: min(size, count - first), &load))
        }
        return latencies
    }

    /// Batches until the time is over; the one that is in hand then is finished.
    /// - Returns: How many transactions were committed.
    func run(for span: Instant.Span, of load: inout LedgerLoad) throws -> Int {
        let end = Self.uptime.now.advanced(by: span)
        var count = 0
        while Self.uptime.now < end {
            _ = try runOne(of: size, &load)
            count += size
        }
        return count
    }

    private static let uptime = Uptime()

    /// - Returns: How long it took.
    private func runOne(of count: Int, _ load: inout LedgerLoad) throws -> Instant.Span {
        let failure = Box<any Error>()
        for _ in 0..<count { enqueue(load.next(), of: load.book, failure) }
        let start = Self.uptime.now
        database.runBatch()
        let span = Self.uptime.now.since(start)
        if let failure = failure.value { throw failure }
        return span
    }

    private func enqueue(_ draft: LedgerTransactionDraft, of book: BookID, _ failure: Box<any Error>) {
        database.enqueue(book, expecting: draft.expectedKeys) { work in
            try PostLedgerTransaction.perform(draft, context: LedgerLoad.context, in: &work)
        } completion: { result in
            if case .failure(let error) = result { failure.value = error }
        }
    }
}

/// Batches of one size, sustained.
struct LedgerBatchCase: BenchCase {
    let size: Int
    let count: Int
    let accountCount: Int

    var name: String { "batches of \(size)" }

    func measure(in place: BenchPlace) async throws -> [BenchFigure] {
        try await place.withBooks(LedgerBatches.configuration(size)) { books in
            let accounts = try await LedgerLoad.accounts(accountCount, in: books.database)
            var load = LedgerLoad(accounts, seed: place.seed)
            let batches = LedgerBatches(database: books.database, size: size)
            _ = try batches.run(max(size, count / 20), of: &load)
            let before = try books.database.benchEventCount()
            let meter = RateMeter()
            let latencies = try batches.run(count, of: &load)
            let done = try books.database.benchEventCount() - before
            let rate = meter.figures("transactions", done)
            try demand(done, acknowledged: count)
            let bytes = place.bytesOnDisk / max(1, try books.database.benchEventCount())
            return rate + latencies.figures + [
                BenchFigure("each", .bytes, bytes), BenchFigure("peak", .kibibytes, ProcessMeasures.peakMemoryKiB),
            ]
        }
    }
}
