import Glibc
import Storage

/// The connections of a load generator, and which of them are free.
struct LoadConnections: ~Copyable {
    private var connections: [LoadConnection] = []
    private var idle: [Int]
    private var polled: [pollfd]

    var hasIdle: Bool { !idle.isEmpty }
    var busyCount: Int { connections.count - idle.count }

    init(port: Int, count: Int) throws {
        for _ in 0..<count { connections.append(try LoadConnection(port: port)) }
        idle = Array(0..<count)
        polled = connections.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
    }

    /// Sends on a connection that is free.
    mutating func send(_ request: [UInt8], since moment: Instant) throws {
        try connections[idle.removeLast()].send(request, since: moment)
    }

    /// Waits for answers, and hands over those that are there. Answers how many.
    mutating func receive(
        atMost span: Instant.Span, _ uptime: Uptime, _ body: (LoadAnswer, Int, Instant.Span) throws -> Void
    ) throws -> Int {
        guard wait(atMost: span) else { return 0 }
        let now = uptime.now
        var count = 0
        for place in polled.indices where polled[place].revents != 0 {
            if let (answer, span) = try connections[place].receive(at: now) {
                idle.append(place)
                count += 1
                try body(answer, place, span)
            }
        }
        return count
    }

    /// Returns when an answer may be there; false when none came. The kernel's call counts whole milliseconds, so that a
    /// shorter wait is a short sleep.
    private mutating func wait(atMost span: Instant.Span) -> Bool {
        let milliseconds = Int32(clamping: span.microseconds / 1_000)
        if poll(&polled, nfds_t(polled.count), max(0, milliseconds)) > 0 { return true }
        if milliseconds == 0 { ThreadPause.microseconds(UInt32(clamping: min(100, span.microseconds))) }
        return false
    }
}
