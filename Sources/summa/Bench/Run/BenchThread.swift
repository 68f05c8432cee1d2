import Foundation

/// A thread for work that blocks, which a task waits for.
enum BenchThread {
    static func run<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            let thread = Thread { continuation.resume(with: Result { try body() }) }
            thread.name = "bench-load"
            thread.start()
        }
    }
}
