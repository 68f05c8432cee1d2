import Synchronization

/// Whether the server has been asked to stop: whoever waits for something then answers with what there is.
package final class StopFlag: Sendable {
    private let isSet = Atomic(false)

    package init() {}

    package var isRaised: Bool { isSet.load(ordering: .acquiring) }

    package func raise() { isSet.store(true, ordering: .releasing) }
}
