import Synchronization

/// What a task that is run for its effect has found.
final class Box<Value: Sendable>: Sendable {
    private let kept = Mutex<Value?>(nil)

    var value: Value? {
        get { kept.withLock(\.self) }
        set { kept.withLock { $0 = newValue } }
    }
}
