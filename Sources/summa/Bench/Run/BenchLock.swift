import Synchronization

/// Something that one thread at a time uses, which several hold.
final class BenchLock<Value>: Sendable {
    private let value: Mutex<Value>

    init(_ value: sending Value) {
        self.value = Mutex(value)
    }

    func withLock<T>(_ body: (inout sending Value) throws -> sending T) rethrows -> T {
        try value.withLock(body)
    }
}
