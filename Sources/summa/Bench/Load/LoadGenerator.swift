import Glibc
import Storage

/// Many keep-alive connections on one thread, which sends, waits for answers and notes how long they took.
struct LoadGenerator: ~Copyable {
    enum Pace: Sendable {
        /// Each connection sends its next request when the one before is answered.
        case closed
        /// Requests come at a rate of their own; one that finds every connection busy waits, and its waiting counts.
        case fixed(perSecond: Int)
    }

    private let uptime = Uptime()
    private let pace: Pace
    private let start: Instant
    private let end: Instant
    private var connections: LoadConnections
    private var latencies = Latencies()
    private var sentCount = 0

    /// - Throws: `CommandFailure` when nobody listens on the port.
    init(port: Int, connectionCount: Int, pace: Pace, for span: Instant.Span) throws {
        connections = try LoadConnections(port: port, count: connectionCount)
        self.pace = pace
        start = uptime.now
        end = start.advanced(by: span)
    }

    /// Sends until the time is over, then waits for what is under way.
    /// - Returns: How long each answer took.
    /// - Throws: What the requests make of an answer; `CommandFailure` when the server hangs up or falls silent.
    consuming func run(_ requests: some LoadRequests) throws -> Latencies {
        while true {
            let wait = try sendDue(requests)
            if wait == nil, connections.busyCount == 0 { return latencies }
            let taken = try connections.receive(atMost: wait ?? Self.silenceMax, uptime) { answer, connection, span in
                latencies.add(span)
                try requests.take(answer, of: connection)
            }
            guard wait != nil || taken > 0 else { throw CommandFailure("the server has fallen silent") }
        }
    }

    private static let silenceMax = Instant.Span.seconds(30)
    /// How often it is asked again whether requests that are held back may go.
    private static let holdingSpan = Instant.Span.milliseconds(2)

    /// Sends what may be sent now. Answers how long there is nothing to send after that, unless an answer frees a
    /// connection; nil when nothing will be sent any more.
    private mutating func sendDue(_ requests: some LoadRequests) throws -> Instant.Span? {
        while true {
            let now = uptime.now
            guard let moment = moment(at: now), moment < end else { return nil }
            guard moment <= now else { return moment.since(now) }
            guard connections.hasIdle else { return end.since(now) }
            guard !requests.isHeldBack else { return Self.holdingSpan }
            try connections.send(requests.next(), since: moment)
            sentCount += 1
        }
    }

    /// When the next request is meant to be sent.
    private func moment(at now: Instant) -> Instant? {
        switch pace {
        case .closed: now
        case .fixed(let perSecond): FixedRate(perSecond: perSecond, start: start).moment(of: sentCount)
        }
    }
}
