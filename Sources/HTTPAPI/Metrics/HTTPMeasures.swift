import HTTPTypes
import Synchronization

/// What the server has answered since its start, by route and status, and how long it took.
package final class HTTPMeasures: Sendable {
    struct Counts: Sendable {
        var requests: [RequestSlot: Int] = [:]
        var durations: [RouteSlot: Histogram] = [:]
    }

    struct RouteSlot: Hashable, Sendable {
        let method: String
        /// The pattern, never the path: there are as many as routes, whatever is asked.
        let route: String

        /// What matched no route is one slot, or a stranger could fill the memory with names.
        static let none = RouteSlot(method: "any", route: "none")
    }

    struct RequestSlot: Hashable, Sendable {
        let slot: RouteSlot
        let status: Int
    }

    private let counts = Mutex(Counts())

    var current: Counts { counts.withLock { $0 } }

    func record(method: HTTPRequest.Method, route: RoutePattern?, status: Int, microseconds: Int64) {
        let slot = route.map { RouteSlot(method: method.rawValue, route: $0.description) } ?? .none
        counts.withLock { counts in
            counts.requests[RequestSlot(slot: slot, status: status), default: 0] += 1
            counts.durations[slot, default: Histogram()].record(microseconds: microseconds)
        }
    }
}

/// How often something took at most so long.
package struct Histogram: Sendable {
    /// Upper bounds in microseconds; what took longer is in the last, unnamed bucket.
    package static let bounds: [Int64] = [
        500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000,
        30_000_000,
    ]

    private(set) var counts = [Int](repeating: 0, count: bounds.count + 1)
    private(set) var sumMicroseconds: Int64 = 0

    package init() {}

    package mutating func record(microseconds: Int64) {
        let bucket = Self.bounds.firstIndex { microseconds <= $0 } ?? Self.bounds.count
        counts[bucket] += 1
        sumMicroseconds &+= max(0, microseconds)
    }
}
