import Glibc
import Storage

/// The wall clock.
struct SystemClock: TimeSource {
    var now: Instant { Self.read(CLOCK_REALTIME) }

    static func read(_ clock: clockid_t) -> Instant {
        var time = timespec()
        clock_gettime(clock, &time)
        return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }
}

/// Time since the machine started, which nobody sets: for how long things took.
struct Uptime: TimeSource {
    var now: Instant { SystemClock.read(CLOCK_MONOTONIC) }
}

struct TaskSleeper: Sleeper {
    func sleep(for span: Instant.Span) async throws {
        try await Task.sleep(nanoseconds: UInt64(clamping: span.microseconds) &* 1_000)
    }
}
