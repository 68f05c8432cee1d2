import Storage
import Synchronization

/// A clock that stands still until a test moves it, in either direction.
package final class ManualClock: TimeSource {
    /// A working day in March 2026, so that a test that names no moment has the same one in every run.
    package static let morning = Instant(microseconds: 1_774_944_000_000_000)

    private let moment: Mutex<Instant>

    package init(_ start: Instant = ManualClock.morning) {
        moment = Mutex(start)
    }

    package var now: Instant { moment.withLock { $0 } }

    /// Moves the clock; a negative span sets it back, as an operator's correction would.
    package func advance(by span: Instant.Span) {
        moment.withLock { $0 = $0.advanced(by: span) }
    }
}
