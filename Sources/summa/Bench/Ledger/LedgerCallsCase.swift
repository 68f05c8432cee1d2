import Storage

/// One transaction a call: by callers that wait, or at a fixed rate.
struct LedgerCallsCase: BenchCase {
    let callerCount: Int
    /// Calls a second; nil for callers that call again when they are answered.
    var rate: Int?
    let count: Int
    let accountCount: Int

    /// Enough callers that one is always free at a fixed rate.
    static let openCallerCount = 2_048

    var name: String { rate.map { "\($0)/s offered" } ?? "\(callerCount) waiting" }

    func measure(in place: BenchPlace) async throws -> [BenchFigure] {
        try await place.withBooks { books in
            let accounts = try await LedgerLoad.accounts(accountCount, in: books.database)
            var load = LedgerLoad(accounts, seed: place.seed)
            let callers = LedgerCallers(
                database: books.database, callerCount: rate == nil ? callerCount : Self.openCallerCount)
            _ = try await callers.run(count / 20, of: load.split())
            let before = try books.database.benchEventCount()
            let meter = RateMeter(of: books.database)
            let latencies = try await run(callers, load)
            let done = try books.database.benchEventCount() - before
            let rate = meter.figures("transactions", done)
            try demand(done, acknowledged: latencies.count)
            return rate + latencies.figures
        }
    }

    private func run(_ callers: LedgerCallers, _ load: LedgerLoad) async throws -> Latencies {
        guard let rate else { return try await callers.run(count, of: load) }
        return try await callers.run(count, at: FixedRate(perSecond: rate, start: Uptime().now), of: load)
    }
}
