import Storage

/// The sandbox's only way to learn the time and to let it pass. Passed in, so that a test may hurry it.
package struct SandboxClock: Sendable {
    package let time: any TimeSource
    /// Returns after the span, or throws when its task is cancelled.
    package let pause: @Sendable (Instant.Span) async throws -> Void

    package init(time: any TimeSource, pause: @escaping @Sendable (Instant.Span) async throws -> Void) {
        self.time = time
        self.pause = pause
    }

    var now: Instant { time.now }
}
