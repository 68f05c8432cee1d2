import Synchronization

/// Wakes a loop that has nothing to do. Rings are not counted: one that comes while nobody waits is kept, many are one.
package final class Doorbell: Sendable {
    private struct State {
        var hasRung = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    package init() {}

    package func ring() {
        let waiter = state.withLock { state in
            state.hasRung = state.waiter == nil
            return state.waiter.take()
        }
        waiter?.resume()
    }

    /// Returns at the next ring, after the span, or when the task is cancelled. For one waiter at a time.
    package func wait(atMost span: Instant.Span, _ sleeper: some Sleeper) async {
        if state.withLock({ $0.hasRung }) { return await nextRing() }
        _ = await sleeper.withTimeout(span) { await self.nextRing() }
    }

    private func nextRing() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let goesOn = state.withLock { state in
                    precondition(state.waiter == nil, "one loop waits at a bell")
                    if !state.hasRung, !Task.isCancelled { state.waiter = continuation }
                    defer { if state.waiter == nil { state.hasRung = false } }
                    return state.waiter == nil
                }
                if goesOn { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiter.take() }?.resume()
        }
    }
}
