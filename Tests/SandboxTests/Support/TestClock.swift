import Foundation
import Sandbox
import Storage
import Synchronization

/// The wall clock, moved by as much as a test likes. Spans pass as they do outside, or when the clock is moved past their end:
/// what must happen in an order is a minute apart, and the test moves the clock in between.
final class TestClock: TimeSource {
    private let moved = Mutex<Int64>(0)

    var now: Instant {
        let wall = Int64(Date().timeIntervalSince1970 * 1_000_000)
        return Instant(microseconds: wall + moved.withLock { $0 })
    }

    func move(by span: Instant.Span) {
        moved.withLock { $0 += span.microseconds }
    }

    var sandboxClock: SandboxClock {
        SandboxClock(time: self) { span in
            let end = self.now.advanced(by: span)
            while self.now < end {
                let left = end.since(self.now).microseconds
                try await Task.sleep(for: .microseconds(max(0, min(5_000, left))))
            }
        }
    }
}
