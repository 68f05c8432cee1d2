import EventLog
import Storage

/// The publisher where there is no broker: the log wakes the workers of this process. It carries nothing, for each worker
/// finds in the database what there is to do.
package struct InProcessPublisher: EventPublisher {
    private let bells: [Doorbell]

    package init(waking bells: [Doorbell]) {
        self.bells = bells
    }

    package func publish(_ events: [LoggedEvent]) async throws {
        for bell in bells { bell.ring() }
    }
}
