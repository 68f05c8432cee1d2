import Storage
import Synchronization

/// Callers that begin a charge and never end it, and callers that send one and hang up before its answer, again and again.
final class BadCallers: Sendable {
    private let port: Int
    private let key: String
    private let count: Int
    private let seed: UInt64
    private let isOver = Atomic(false)

    init(port: Int, key: String, count: Int, seed: UInt64) throws {
        self.port = port
        self.key = key
        self.count = count
        self.seed = seed
    }

    /// Misbehaves for the length of some work.
    func during<T: Sendable>(_ body: () async throws -> T) async throws -> T {
        async let misbehaving: Void = BenchThread.run { try self.run() }
        let result: Result<T, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        isOver.store(true, ordering: .releasing)
        try await misbehaving
        return try result.get()
    }

    private func run() throws {
        let charges = ChargeRequests(key: key, seed: seed)
        let uptime = Uptime()
        let slow = try (0..<count).map { _ in try LoadConnection(port: port) }
        for connection in slow {
            let charge = charges.next()
            try connection.send(Array(charge.dropLast(charge.count / 4)), since: uptime.now)
        }
        while !isOver.load(ordering: .acquiring) {
            for _ in 0..<count { try LoadConnection(port: port).send(charges.next(), since: uptime.now) }
            ThreadPause.milliseconds(100)
        }
        withExtendedLifetime(slow) {}
    }
}
