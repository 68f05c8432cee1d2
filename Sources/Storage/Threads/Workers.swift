/// Loops workers until it is cancelled. One that fails is told of and tried again, less and less often; it keeps no other
/// from its work. What they do is found again in the database after any end, so none of them has to be asked how far it was.
package struct Workers: Sendable {
    private let workers: [Worker]
    private let clock: any TimeSource
    private let sleeper: any Sleeper
    private let report: @Sendable (_ worker: String, _ error: any Error) -> Void

    /// - Parameter report: Told of each step that failed; what must end the process is for it to tell.
    package init(
        _ workers: [Worker], clock: any TimeSource, sleeper: any Sleeper,
        report: @escaping @Sendable (_ worker: String, _ error: any Error) -> Void
    ) {
        self.workers = workers
        self.clock = clock
        self.sleeper = sleeper
        self.report = report
    }

    /// Returns after it was cancelled and every worker has ended the step it was in.
    package func run() async {
        await withTaskGroup(of: Void.self) { group in
            for worker in workers { group.addTask { await loop(worker) } }
        }
    }

    /// Each worker's next step, one worker after the other. Answers whether any may have more.
    package func step() async throws -> Bool {
        var hasMore = false
        for worker in workers where try await worker.step(clock.now) { hasMore = true }
        return hasMore
    }

    private func loop(_ worker: Worker) async {
        var failureCount = 0
        while !Task.isCancelled {
            do {
                let hasMore = try await worker.step(clock.now)
                failureCount = 0
                if !hasMore { await rest(worker) }
            } catch {
                failureCount += 1
                report(worker.name, error)
                _ = try? await sleeper.sleep(for: Self.pause(after: failureCount))
            }
        }
        await worker.finish()
    }

    private func rest(_ worker: Worker) async {
        guard let bell = worker.bell else {
            _ = try? await sleeper.sleep(for: worker.rest)
            return
        }
        await bell.wait(atMost: worker.rest, sleeper)
        guard worker.gathering > .seconds(0), !Task.isCancelled else { return }
        _ = try? await sleeper.sleep(for: worker.gathering)
    }

    /// A tenth of a second, doubled with each failure in a row, at most half a minute.
    private static func pause(after failureCount: Int) -> Instant.Span {
        min(.seconds(30), .milliseconds(100 << Int64(min(failureCount - 1, 10))))
    }
}
