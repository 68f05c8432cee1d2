import Dispatch
import Ledger
import Storage
import Synchronization

/// Transactions handed in together, batch after batch, as by three callers who take turns: while one batch is being committed and
/// the bodies of the next run, another is handed in.
struct LedgerBatches: Sendable {
    let database: Database
    let size: Int

    static func configuration(_ size: Int) -> Database.Configuration {
        var configuration = Database.Configuration()
        configuration.limits.batchCountMax = size
        // Each of several connections that write gets its share.
        configuration.limits.queueCountMax = max(
            configuration.limits.queueCountMax, size * underWayMax * configuration.writerCount)
        return configuration
    }

    /// - Returns: How long each batch took, from its first transaction's handing in to its last one's answer.
    /// - Throws: The first refusal of a transaction.
    func run(_ count: Int, of load: inout LedgerLoad) throws -> Latencies {
        var latencies = Latencies()
        var underWay: [HandedIn] = []
        for first in stride(from: 0, to: count, by: size) {
            if underWay.count == Self.underWayMax { latencies.add(try underWay.removeFirst().wait()) }
            underWay.append(handIn(min(size, count - first), of: &load))
        }
        for batch in underWay { latencies.add(try batch.wait()) }
        return latencies
    }

    /// Batches until the time is over; those that are under way then are finished.
    /// - Returns: How many transactions were committed.
    func run(for span: Instant.Span, of load: inout LedgerLoad) throws -> Int {
        let end = HandedIn.uptime.now.advanced(by: span)
        var count = 0
        var underWay: [HandedIn] = []
        while HandedIn.uptime.now < end {
            if underWay.count == Self.underWayMax { _ = try underWay.removeFirst().wait() }
            underWay.append(handIn(size, of: &load))
            count += size
        }
        for batch in underWay { _ = try batch.wait() }
        return count
    }

    /// One being committed, one whose bodies run, one being handed in.
    private static let underWayMax = 3

    private func handIn(_ count: Int, of load: inout LedgerLoad) -> HandedIn {
        let batch = HandedIn(count)
        for _ in 0..<count {
            let draft = load.next()
            database.enqueue(load.book, expecting: draft.expectedKeys) { work in
                try PostLedgerTransaction.perform(draft, context: LedgerLoad.context, in: &work)
            } completion: { result in
                batch.answered(result.map { _ in })
            }
        }
        return batch
    }
}

/// A batch whose transactions have all been handed in.
private final class HandedIn: Sendable {
    static let uptime = Uptime()

    private struct State {
        var leftCount: Int
        var end: Instant?
        var failure: (any Error)?
    }

    private let start = HandedIn.uptime.now
    private let state: Mutex<State>
    private let done = DispatchSemaphore(value: 0)

    init(_ count: Int) {
        state = Mutex(State(leftCount: count))
    }

    func answered(_ result: Result<Void, any Error>) {
        let isLast = state.withLock { state in
            if case .failure(let error) = result { state.failure = error }
            state.leftCount -= 1
            if state.leftCount == 0 { state.end = Self.uptime.now }
            return state.leftCount == 0
        }
        if isLast { done.signal() }
    }

    /// Waits for the last answer.
    /// - Returns: How long the batch took.
    func wait() throws -> Instant.Span {
        done.wait()
        let (end, failure) = state.withLock { ($0.end ?? start, $0.failure) }
        if let failure { throw failure }
        return end.since(start)
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
