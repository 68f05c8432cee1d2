import Storage

/// Every transaction through one account, against transactions spread over many: in books of their own, a slice of the one
/// after a slice of the other, so that whatever the machine does meanwhile it does to both.
struct HotAccountCase: BenchCase {
    enum Shape: Sendable { case batches(of: Int), callers(Int) }

    let shape: Shape
    let count: Int
    let accountCount: Int

    private static let sliceCount = 8

    var name: String {
        switch shape {
        case .batches(let size): "batches of \(size)"
        case .callers(let count): "\(count) waiting"
        }
    }

    func measure(in place: BenchPlace) async throws -> [BenchFigure] {
        try await place.beside("spread").withBooks(configuration) { spread in
            try await place.beside("hot").withBooks(configuration) { hot in
                var spreadLoad = LedgerLoad(
                    try await LedgerLoad.accounts(accountCount, in: spread.database), seed: place.seed)
                var hotLoad = LedgerLoad(
                    try await LedgerLoad.accounts(accountCount, in: hot.database), isHot: true, seed: place.seed)
                var (spreadTime, hotTime): (Int64, Int64) = (0, 0)
                for slice in 0...Self.sliceCount {
                    let spreadSlice = try await time(of: &spreadLoad, in: spread.database)
                    let hotSlice = try await time(of: &hotLoad, in: hot.database)
                    // The first slice only warms both up.
                    guard slice > 0 else { continue }
                    spreadTime += spreadSlice
                    hotTime += hotSlice
                }
                return figures(spreadTime, hotTime)
            }
        }
    }

    private var sliceLength: Int { max(1, count / Self.sliceCount) }

    private func figures(_ spreadTime: Int64, _ hotTime: Int64) -> [BenchFigure] {
        let done = Int64(sliceLength * Self.sliceCount)
        return [
            BenchFigure("spread", .perSecond, done * 1_000_000 / max(1, spreadTime)),
            BenchFigure("hot", .perSecond, done * 1_000_000 / max(1, hotTime)),
            BenchFigure("hot of spread", .perMille, spreadTime * 1_000 / max(1, hotTime)),
        ]
    }

    /// Microseconds that one slice took.
    private func time(of load: inout LedgerLoad, in database: Database) async throws -> Int64 {
        let uptime = Uptime()
        let start = uptime.now
        switch shape {
        case .batches(let size): _ = try LedgerBatches(database: database, size: size).run(sliceLength, of: &load)
        case .callers(let callers):
            _ = try await LedgerCallers(database: database, callerCount: callers).run(sliceLength, of: load.split())
        }
        return uptime.now.since(start).microseconds
    }

    private var configuration: Database.Configuration {
        switch shape {
        case .batches(let size): LedgerBatches.configuration(size)
        case .callers: Database.Configuration()
        }
    }
}
