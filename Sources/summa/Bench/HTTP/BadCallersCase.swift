import Storage

/// Charges at a fixed rate, alone and beside as many callers that behave badly: a slow or a cancelled caller slows nobody.
struct BadCallersCase: BenchCase {
    let connectionCount: Int
    let badCallerCount: Int
    let rate: Int
    let seconds: Int64

    var name: String { "\(rate)/s offered, beside \(badCallerCount) slow and \(badCallerCount) cancelled" }

    func measure(in place: BenchPlace) async throws -> [BenchFigure] {
        try await ServedBooks.with(place) { books in
            _ = try await load(books, seed: place.seed, for: 1)
            let alone = try await load(books, seed: place.seed &+ 1, for: seconds)
            let bad = try BadCallers(port: books.port, key: books.key, count: badCallerCount, seed: place.seed &+ 2)
            let meter = RateMeter()
            let beside = try await bad.during { try await load(books, seed: place.seed &+ 3, for: seconds) }
            let answered = meter.figures("answered", Int64(beside.count))[0]
            return alone.figures.map { BenchFigure("alone \($0.name)", $0.unit, $0.value) }
                + beside.figures.map { BenchFigure("beside \($0.name)", $0.unit, $0.value) }
                + [answered]
        }
    }

    private func load(_ books: ServedBooks, seed: UInt64, for seconds: Int64) async throws -> Latencies {
        try await books.load(
            ChargeRequests(key: books.key, seed: seed), connectionCount: connectionCount,
            pace: .fixed(perSecond: rate), for: .seconds(seconds))
    }
}
