/// Lets a task sleep. Passed in like the clock, so that a test or a simulation decides how long waiting takes.
package protocol Sleeper: Sendable {
    /// Returns after the span, or throws `CancellationError` when the task is cancelled before.
    func sleep(for span: Instant.Span) async throws
}

extension Sleeper {
    /// Waits for what `wait` waits for, at most so long. False when the time ran out. The wait is cancelled then.
    package func withTimeout(_ span: Instant.Span, _ wait: @escaping @Sendable () async -> Void) async -> Bool {
        await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                await wait()
                return !Task.isCancelled
            }
            group.addTask {
                _ = try? await sleep(for: span)
                return false
            }
            let first = await group.next() ?? false
            group.cancelAll()
            return first
        }
    }
}
