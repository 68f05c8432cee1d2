import AsyncHTTPClient
import HTTPAPI
import Logging
import Payments

/// The API over a data directory that no server holds, for the length of one command: what a command does to the books it
/// does by the same routes, whether it opened the files itself or not. No worker runs.
enum LocalServer {
    /// - Throws: `StorageFault.cannotOpen` while a server holds the directory.
    static func run(on place: InstallationPlace, _ body: @escaping @Sendable (APIClient) async throws -> Void)
        async throws
    {
        guard place.mayHaveBooks else {
            let data = place.directory.path
            throw CommandFailure("there is nothing in \(data) yet; `summa init --data \(data)` makes a test book there")
        }
        try await Installation.with(place) { installation in
            let key = APIKey(mode: .test, book: Founding.book, random: installation.random)
            installation.services.authenticator.admit(key, as: .commandLine)
            var configuration = HTTPServer.Configuration()
            configuration.port = 0
            let server = HTTPServer(
                configuration: configuration, services: installation.services, logger: Logger.quiet)
            try await server.during { port in
                try await HTTPClient.withClient { http in
                    try await body(APIClient(url: "http://127.0.0.1:\(port)", key: key.revealed, http: http))
                }
            }
        }
    }
}

extension HTTPServer {
    /// Serves for as long as some work takes, and stops gracefully after it.
    func during(_ body: @escaping @Sendable (_ port: Int) async throws -> Void) async throws {
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { port.finish() }
                try await run { port.yield($0) }
            }
            if let first = await ports.first(where: { _ in true }) {
                defer { group.cancelAll() }
                try await body(first)
            }
            group.cancelAll()
            try await group.waitForAll()
        }
    }
}

extension Principal {
    /// Whoever opened the files at the command line. One name: it cannot approve what it proposed.
    static var commandLine: Principal {
        guard let name = PrincipalName("command_line") else { preconditionFailure("a principal's name") }
        return Principal(name: name, role: .operator, book: Founding.book, key: APIKeyID(rawValue: 0))
    }
}

extension Logger {
    /// Warnings and worse, to standard error.
    static var quiet: Logger {
        var logger = Logger(label: "summa") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .warning
        return logger
    }
}
