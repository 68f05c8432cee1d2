import EventLog
import Storage
import Synchronization

/// Watches the wall clock for whatever expires by it, and tells the installation's log when it stops or begins to be
/// believed. While it is not, no hold ends, no key is forgotten and no break ages.
package final class ClockGuard: Sendable {
    private let database: Database
    private let clock: any TimeSource
    /// Time on a clock that nobody sets and that runs on while the machine sleeps.
    private let monotonic: any TimeSource
    private let watch: Mutex<ClockWatch>

    package init(database: Database, clock: any TimeSource, monotonic: any TimeSource) {
        self.database = database
        self.clock = clock
        self.monotonic = monotonic
        watch = Mutex(ClockWatch(wall: clock.now, monotonic: Self.span(monotonic.now)))
    }

    /// Whether anything may expire now, by what the clocks say at this moment: a sweeper may ask in the second between a jump
    /// and the next look. Whoever asks takes its time first, so that a jump after the question cannot matter.
    package var isTrusted: @Sendable () -> Bool {
        { [self] in
            watch.withLock { $0.allowsExpiring(wall: clock.now, monotonic: Self.span(monotonic.now)) }
        }
    }

    package var worker: Worker {
        Worker("clock guard", rest: .seconds(1)) { [self] _ in
            try await step()
            return false
        }
    }

    /// Looks at the clocks, and writes down a change.
    package func step() async throws {
        let last = try database.heads().map(\.lastTime).max()
        let change = watch.withLock {
            $0.observe(wall: clock.now, monotonic: Self.span(monotonic.now), lastEvent: last)
        }
        try await write(change)
    }

    /// A person says that the wall clock is right. Of a clock that is believed nothing is written down.
    /// - Parameter context: Who says so.
    package func confirm(_ context: EventContext) async throws {
        let change = watch.withLock { $0.confirm(wall: clock.now, monotonic: Self.span(monotonic.now)) }
        try await write(change, context)
    }

    private func write(
        _ change: ClockWatch.Change?, _ context: EventContext = EventContext(actor: "system:clock")
    ) async throws {
        guard let change else { return }
        _ = try await database.write(.system) { work in
            switch change {
            case .began(let jump): work.append(ClockDoubted(jump), context: context)
            case .ended: work.append(ClockTrusted(), context: context)
            }
        }
    }

    private static func span(_ moment: Instant) -> Instant.Span { moment.since(Instant(microseconds: 0)) }
}
