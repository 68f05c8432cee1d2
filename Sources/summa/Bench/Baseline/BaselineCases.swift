import Storage

/// Requests to the plain ledger, by callers that each wait for their own.
struct BaselinePostsCase: BenchCase {
    let callerCount: Int
    var isHot = false
    let count: Int
    let accountCount: Int

    var name: String { "\(callerCount) waiting\(isHot ? ", one hot account" : "")" }

    func measure(in place: BenchPlace) async throws -> [BenchFigure] {
        try await place.withBaseline(callerCount: callerCount, accountCount: accountCount) { baseline in
            _ = try await run(count / 20, on: baseline, seed: place.seed)
            let before = try baseline.count()
            let meter = RateMeter()
            let latencies = try await run(count, on: baseline, seed: place.seed &+ 1)
            let done = try baseline.count() - before
            let rate = meter.figures("transactions", done)
            try demand(done, acknowledged: latencies.count)
            return rate + latencies.figures
        }
    }

    /// Each caller on a thread of its own, and none without a request.
    private func run(_ count: Int, on baseline: OpenBaseline, seed: UInt64) async throws -> Latencies {
        try await withThrowingTaskGroup(of: Latencies.self) { group in
            for caller in 0..<callerCount {
                group.addTask {
                    try await BenchThread.run {
                        try post(
                            max(1, count / callerCount), on: baseline.connection(of: caller),
                            SplitMix(seed: seed &* 1_009 &+ UInt64(caller)))
                    }
                }
            }
            return try await group.reduce(into: Latencies()) { $0.add($1) }
        }
    }

    private func post(
        _ count: Int, on connection: BenchLock<BaselineConnection>, _ random: SplitMix
    ) throws -> Latencies {
        let uptime = Uptime()
        var random = random
        var latencies = Latencies()
        for _ in 0..<count {
            let movement = BaselineMovement(&random, accountCount: accountCount, isHot: isHot)
            let start = uptime.now
            try connection.withLock { try $0.ledger.post(movement) }
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
        try await place.withBaseline(accountCount: accountCount) { baseline in
            var random = SplitMix(seed: place.seed)
            let meter = RateMeter()
            for _ in 0..<count {
                let account = Int64(random.next() % UInt64(accountCount))
                _ = try baseline.connection().withLock { try $0.ledger.balance(of: account) }
            }
            return meter.figures("reads", Int64(count))
        }
    }
}
