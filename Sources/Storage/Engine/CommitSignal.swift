import Synchronization

/// Tells waiting tasks that a book's log has grown: what wakes the relay, the workers and readers who wait for their own
/// write. Only a hint that comes at once; whoever must not miss anything looks at the log itself.
package final class CommitSignal: Sendable {
    private struct Waiter {
        let book: BookID?
        let sequence: Int64
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var sequences: [BookID: Int64] = [:]
        var total: Int64 = 0
        var waiters: [Int64: Waiter] = [:]
        var lastTicket: Int64 = 0
        var bells: [Doorbell] = []
    }

    private let state = Mutex(State())

    /// Returns when the book's log, as far as this process has seen it grow, has passed a sequence, or when the task is cancelled.
    package func wait(for book: BookID, toPass sequence: Int64) async {
        await wait {
            ($0.sequences[book] ?? 0) > sequence
        } make: {
            Waiter(book: book, sequence: sequence, continuation: $0)
        }
    }

    /// How many commits this process has made that appended to any log: what `waitForAny` is asked to pass.
    package var count: Int64 { state.withLock { $0.total } }

    /// Returns when any book's log has grown since `count` was read, or when the task is cancelled.
    package func waitForAny(toPass count: Int64) async {
        await wait {
            $0.total > count
        } make: {
            Waiter(book: nil, sequence: count, continuation: $0)
        }
    }

    /// Rings a bell after each commit that appended to a log, from now on.
    package func ring(_ bell: Doorbell) {
        state.withLock { $0.bells.append(bell) }
    }

    /// Called after each commit with the logs it appended to.
    package func advanced(_ logs: [(book: BookID, sequence: Int64)]) {
        let (woken, bells): ([Waiter], [Doorbell]) = state.withLock { state in
            for log in logs { state.sequences[log.book] = log.sequence }
            state.total += 1
            var woken: [Waiter] = []
            for (ticket, waiter) in state.waiters {
                let reached = waiter.book.map { state.sequences[$0] ?? 0 } ?? state.total
                guard reached > waiter.sequence else { continue }
                woken.append(waiter)
                state.waiters.removeValue(forKey: ticket)
            }
            return (woken, state.bells)
        }
        for waiter in woken { waiter.continuation.resume() }
        for bell in bells { bell.ring() }
    }

    private func wait(
        unless isPast: @escaping @Sendable (borrowing State) -> Bool,
        make: @escaping @Sendable (CheckedContinuation<Void, Never>) -> Waiter
    ) async {
        let ticket = state.withLock { state in
            state.lastTicket += 1
            return state.lastTicket
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let resumesNow = state.withLock { state in
                    if Task.isCancelled || isPast(state) { return true }
                    state.waiters[ticket] = make(continuation)
                    return false
                }
                if resumesNow { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: ticket) }?.continuation.resume()
        }
    }
}
