import Glibc

/// A moment after which something has taken too long. Measured on the monotonic clock, which nobody sets: a wall clock
/// put back by an hour must not make anybody wait for an hour.
package struct Deadline: Sendable {
    let time: timespec

    init(after span: Instant.Span) {
        var time = Self.now
        let nanoseconds = time.tv_nsec + Int(span.microseconds % 1_000_000) * 1_000
        time.tv_sec += Int(span.microseconds / 1_000_000) + nanoseconds / 1_000_000_000
        time.tv_nsec = nanoseconds % 1_000_000_000
        self.time = time
    }

    var hasPassed: Bool {
        let now = Self.now
        return now.tv_sec == time.tv_sec ? now.tv_nsec >= time.tv_nsec : now.tv_sec > time.tv_sec
    }

    private static var now: timespec {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return now
    }
}
