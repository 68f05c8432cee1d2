import Glibc
import Payments
import Sandbox
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

/// Time since the machine started, also while it slept, which nobody sets: for how long things took.
struct Uptime: TimeSource {
    var now: Instant { SystemClock.read(CLOCK_BOOTTIME) }
}

/// The operating system's cryptographic source.
struct SystemRandom: RandomSource {
    func bytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        // Eight at a time: each word is a system call.
        while bytes.count < count {
            let word = generator.next() as UInt64
            withUnsafeBytes(of: word) { bytes.append(contentsOf: $0.prefix(count - bytes.count)) }
        }
        return bytes
    }

    /// A number for one process's life among all that write to a database.
    func writerNumber() -> Int64 {
        bytes(8).reduce(0) { $0 << 8 | Int64($1) } & .max
    }
}

struct TaskSleeper: Sleeper {
    func sleep(for span: Instant.Span) async throws {
        try await Task.sleep(nanoseconds: UInt64(clamping: span.microseconds) &* 1_000)
    }
}

/// For threads of our own, which are no tasks.
enum ThreadPause {
    static func milliseconds(_ count: UInt32) { microseconds(count * 1_000) }
    static func microseconds(_ count: UInt32) { usleep(count) }
}

extension SandboxClock {
    static let system = SandboxClock(time: SystemClock()) { try await TaskSleeper().sleep(for: $0) }
}
