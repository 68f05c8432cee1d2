import Storage

/// Waits for what others do, and not for ever.
struct Patience: Sendable {
    let uptime: any TimeSource
    let sleeper: any Sleeper
    var most = Instant.Span.seconds(120)
    var pause = Instant.Span.milliseconds(100)

    /// Returns when it is so.
    /// - Throws: `CommandFailure` naming what was waited for, when it took too long.
    func wait(for what: String, _ isSo: () async throws -> Bool) async throws {
        let start = uptime.now
        while try await !isSo() {
            guard uptime.now.since(start) < most else { throw CommandFailure("waited in vain for \(what)") }
            try await sleeper.sleep(for: pause)
        }
    }
}
