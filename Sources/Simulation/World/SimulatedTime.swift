import Storage
import Synchronization

/// The time, and what our machine's clock says it is: the two differ when somebody has set the clock.
final class SimulatedTime: Sendable {
    private struct Moments {
        var now: Instant
        var wallError = Instant.Span(microseconds: 0)
    }

    private let moments: Mutex<Moments>
    private let start: Instant

    init(_ start: Instant) {
        self.start = start
        moments = Mutex(Moments(now: start))
    }

    func pass(_ span: Instant.Span) {
        moments.withLock { $0.now = $0.now.advanced(by: span) }
    }

    /// Sets our wall clock wrong by so much; zero sets it right.
    func setWall(wrongBy span: Instant.Span) {
        moments.withLock { $0.wallError = span }
    }

    var isWallRight: Bool { moments.withLock { $0.wallError.microseconds == 0 } }

    /// What everybody else has.
    var world: any TimeSource { Reading { self.moments.withLock { $0.now } } }
    /// What our processes have.
    var wall: any TimeSource { Reading { self.moments.withLock { $0.now.advanced(by: $0.wallError) } } }
    /// Time since our machine started, which nobody sets.
    var monotonic: any TimeSource {
        Reading { Instant(microseconds: self.moments.withLock { $0.now.since(self.start).microseconds }) }
    }

    private struct Reading: TimeSource {
        let read: @Sendable () -> Instant
        var now: Instant { read() }
    }
}
