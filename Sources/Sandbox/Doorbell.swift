import Storage
import Synchronization

/// Wakes a loop that has nothing to do. Rings are not counted: one that comes while nobody waits is kept, many are one.
final class Doorbell: Sendable {
    private struct State {
        var hasRung = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    func ring() {
        let waiter = state.withLock { state in
            defer { state.waiter = nil }
            state.hasRung = state.waiter == nil
            return state.waiter
        }
        waiter?.resume()
    }

    /// Returns at the next ring, or at a moment if that comes first. For one waiter.
    /// - Throws: `CancellationError`.
    func wait(until moment: Instant?, clock: SandboxClock) async throws {
        await withTaskGroup(of: Void.self) { group in
            if let moment {
                group.addTask {
                    guard (try? await clock.pause(max(.milliseconds(0), moment.since(clock.now)))) != nil else {
                        return
                    }
                    self.ring()
                }
            }
            await nextRing()
            group.cancelAll()
        }
        try Task.checkCancellation()
    }

    private func nextRing() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let hasRung = state.withLock { state in
                    defer { state.hasRung = false }
                    if !state.hasRung { state.waiter = continuation }
                    return state.hasRung
                }
                if hasRung { continuation.resume() }
            }
        } onCancel: {
            ring()
        }
    }
}

/// The bells of both loops: whoever has written does not know for whom.
struct Doorbells: Sendable {
    let jobs = Doorbell()
    let callbacks = Doorbell()

    func ring() {
        jobs.ring()
        callbacks.ring()
    }
}
