import Payments
import Storage

/// Founded books behind a server, in this process, with the key of a service.
struct ServedBooks: Sendable {
    let installation: Installation
    let port: Int
    let key: String

    /// How a load is served.
    struct Service: Sendable {
        /// Providers are asked, by a sandbox in a process of its own, and the view follows. Without it charges are accepted
        /// and nothing else happens.
        var carriesThrough = false
    }

    /// Serves empty books for the length of some work. Afterwards they have been verified and removed.
    static func with<T: Sendable>(
        _ place: BenchPlace, _ service: Service = Service(), _ body: @escaping @Sendable (ServedBooks) async throws -> T
    ) async throws -> T {
        try await place.withBooks { installation in
            guard let keys = try await Founding(installation: installation).run(),
                let key = keys.first(where: { $0.role == .service })?.secret.revealed
            else { throw CommandFailure("\(place.directory) was used before") }
            var serving = Serving(installation: installation, listen: ListenAddress(host: "127.0.0.1", port: 0))
            serving.startsSandbox = service.carriesThrough
            serving.runsWorkers = service.carriesThrough
            let found = Box<T>()
            try await serving.run { running in
                let port = running.url.split(separator: ":").last.flatMap { Int($0) } ?? 0
                found.value = try await body(ServedBooks(installation: installation, port: port, key: key))
            }
            guard let result = found.value else { throw CommandFailure("nothing was measured") }
            return result
        }
    }

    /// Runs a load generator on a thread of its own.
    func load(
        _ requests: some LoadRequests & Sendable, connectionCount: Int, pace: LoadGenerator.Pace = .closed,
        for span: Instant.Span
    ) async throws -> Latencies {
        let port = port
        return try await BenchThread.run {
            try LoadGenerator(port: port, connectionCount: connectionCount, pace: pace, for: span).run(requests)
        }
    }
}
