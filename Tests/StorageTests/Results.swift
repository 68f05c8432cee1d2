import Synchronization

/// Answers told to closures that may run on any thread.
final class Results: Sendable {
    private let results = Mutex<[Result<Void, any Error>]>([])

    func add<T>(_ result: Result<T, any Error>) {
        results.withLock { $0.append(result.map { _ in }) }
    }

    var count: Int { results.withLock { $0.count } }

    var failures: Int {
        results.withLock { $0.count { if case .failure = $0 { true } else { false } } }
    }
}
