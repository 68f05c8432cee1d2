import Storage

/// Charges answered 202 after their commit; no provider is asked.
struct AcceptedChargesCase: BenchCase {
    let connectionCount: Int
    /// Charges a second; nil for connections that send again when they are answered.
    var rate: Int?
    let seconds: Int64

    var name: String { "accepted, \(rate.map { "\($0)/s offered" } ?? "\(connectionCount) connections")" }

    func measure(in place: BenchPlace) async throws -> [BenchFigure] {
        try await ServedBooks.with(place) { books in
            let requests = ChargeRequests(key: books.key, seed: place.seed)
            _ = try await books.load(requests, connectionCount: connectionCount, for: .seconds(max(1, seconds / 8)))
            let before = try books.installation.database.benchEventCount()
            let meter = RateMeter(of: books.installation.database)
            let latencies = try await books.load(
                requests, connectionCount: connectionCount, pace: rate.map { .fixed(perSecond: $0) } ?? .closed,
                for: .seconds(seconds))
            let done = try books.installation.database.benchEventCount() - before
            let rate = meter.figures("charges", done)
            try demand(done, acknowledged: latencies.count)
            return rate + latencies.figures + [BenchFigure("peak", .kibibytes, ProcessMeasures.peakMemoryKiB)]
        }
    }
}
