import Storage
import Synchronization

/// Requests to the plain ledger, by callers that each wait for their own.
struct BaselinePostsCase: BenchCase {
    let callerCount: Int
    var isHot = false
    let count: Int
    let accountCount: Int

    var name: String { "\(callerCount) waiting\(isHot ? ", one hot account" : "")" }

    func measure(in place: BenchPlace) async throws -> [BenchFigure] {
        try await place.withBaseline(accountCount: accountCount) { ledger in
            _ = try await run(count / 20, on: ledger, seed: place.seed)
            let before = try ledger.withLock { try $0.ledger.count() }
            let meter = RateMeter()
            let latencies = try await run(count, on: ledger, seed: place.seed &+ 1)
            let done = try ledger.withLock { try $0.ledger.count() } - before
            return meter.figures("transactions", done) + latencies.figures
        }
    }

    /// Each caller on a thread of its own, all before one connection: SQLite has one writer.
    private func run(_ count: Int, on ledger: LockedBaseline, seed: UInt64) async throws -> Latencies {
        try await withThrowingTaskGroup(of: Latencies.self) { group in
            for caller in 0..<callerCount {
                group.addTask {
                    try await BenchThread.run {
                        try post(count / callerCount, on: ledger, SplitMix(seed: seed &* 1_009 &+ UInt64(caller)))
                    }
                }
            }
            return try await group.reduce(into: Latencies()) { $0.add($1) }
        }
    }

    private func post(_ count: Int, on ledger: LockedBaseline, _ random: SplitMix) throws -> Latencies {
        let uptime = Uptime()
        var random = random
        var latencies = Latencies()
        for _ in 0..<count {
            let movement = BaselineMovement(&random, accountCount: accountCount, isHot: isHot)
            let start = uptime.now
            try ledger.withLock { try $0.ledger.post(movement) }
            latencies.add(uptime.now.since(start))
        }
        return latencies
    }
}

/// Balances read from the plain ledger, one query each.
struct BaselineReadsCase: BenchCase {
    let count: Int
    let accountCount: Int

    let name = "balance reads"

    func measure(in place: BenchPlace) async throws -> [BenchFigure] {
        try await place.withBaseline(accountCount: accountCount) { ledger in
            var random = SplitMix(seed: place.seed)
            let meter = RateMeter()
            for _ in 0..<count {
                let account = Int64(random.next() % UInt64(accountCount))
                _ = try ledger.withLock { try $0.ledger.balance(of: account) }
            }
            return meter.figures("reads", Int64(count))
        }
    }
}

/// One connection, and whose turn it is.
typealias LockedBaseline = BenchLock<OpenBaseline>

struct OpenBaseline {
    let ledger: any BaselineLedger
}

extension BenchPlace {
    /// Opens a plain ledger for the length of some work and removes it.
    fileprivate func withBaseline<T>(
        accountCount: Int, _ body: (LockedBaseline) async throws -> T
    ) async throws -> T {
        defer { remove() }
        let ledger = try baseline()
        try ledger.open(accountCount: accountCount)
        return try await body(LockedBaseline(OpenBaseline(ledger: ledger)))
    }
}
