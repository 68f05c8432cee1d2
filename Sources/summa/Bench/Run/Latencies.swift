import Storage

/// Times of many runs of one thing.
struct Latencies: Sendable {
    private var microseconds: [Int64] = []

    var count: Int { microseconds.count }

    mutating func add(_ span: Instant.Span) { microseconds.append(span.microseconds) }

    mutating func add(_ others: Latencies) { microseconds += others.microseconds }

    /// The times that half and all but a hundredth did not exceed.
    var figures: [BenchFigure] {
        let sorted = microseconds.sorted()
        return [("p50", 500), ("p99", 990)].map { name, share in
            let place = min(sorted.count - 1, sorted.count * share / 1_000)
            return BenchFigure(name, .microseconds, sorted.isEmpty ? 0 : sorted[place])
        }
    }
}
