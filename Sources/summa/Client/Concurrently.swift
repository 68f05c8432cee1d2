import Synchronization

extension Sequence where Self: Sendable, Element: Sendable {
    /// Maps with at most so many at work at once; answers in the order of the elements. The first error ends it.
    func mapConcurrently<T: Sendable>(
        width: Int, progress: @escaping @Sendable (_ done: Int) -> Void = { _ in },
        _ transform: @escaping @Sendable (Element) async throws -> T
    ) async throws -> [T] {
        try await withThrowingTaskGroup(of: (Int, T).self) { group in
            var results: [(Int, T)] = []
            var started = 0
            func take() async throws {
                if let result = try await group.next() {
                    results.append(result)
                    progress(results.count)
                }
            }
            for (place, element) in enumerated() {
                if started >= width { try await take() }
                group.addTask { (place, try await transform(element)) }
                started += 1
            }
            while results.count < started { try await take() }
            return results.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }
}
