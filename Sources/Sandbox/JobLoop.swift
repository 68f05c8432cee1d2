import Storage

/// Runs the sandbox's jobs when they fall due, for as long as it runs.
struct JobLoop: Sendable {
    let database: SandboxDatabase
    let clock: SandboxClock
    let bells: Doorbells

    func run() async throws {
        while !Task.isCancelled {
            let (count, next) = try await database.perform { try RunDueJobs().run(in: $0) }
            if count > 0 { bells.callbacks.ring() }
            try await bells.jobs.wait(until: next, clock: clock)
        }
    }
}
