import ArgumentParser
import AsyncHTTPClient
import Foundation

/// How a command reaches the books: over HTTP where a server runs, or by opening the files where none does.
struct ServerOptions: ParsableArguments {
    @Option(help: "The server; else SUMMA_URL, else http://127.0.0.1:8080. The key is read from SUMMA_API_KEY.")
    var url: String?

    @Option(help: "Open this data directory instead. Refused while a server holds it.")
    var data: String?

    @Option(help: "With --data: the PostgreSQL database its books are in, postgres://…")
    var store: String?

    @Flag(help: "JSON for programs instead of a table.")
    var json = false

    func validate() throws {
        guard url == nil || data == nil else {
            throw ValidationError("--url speaks to a server, --data opens the files: give one of them")
        }
        guard store == nil || data != nil else { throw ValidationError("--store needs --data, where the keys are") }
        try StoreOption.validate(store)
    }

    /// Runs a command's work with a client for whichever was asked for.
    func withClient(_ body: @escaping @Sendable (APIClient) async throws -> Void) async throws {
        if let data { return try await LocalServer.run(on: InstallationPlace(data, store: store), body) }
        let environment = ProcessInfo.processInfo.environment
        guard let key = environment["SUMMA_API_KEY"], !key.isEmpty else {
            throw CommandFailure("SUMMA_API_KEY is not set; or open the files with --data DIR while no server runs")
        }
        let address = url ?? environment["SUMMA_URL"] ?? "http://127.0.0.1:8080"
        try await HTTPClient.withClient { http in
            try await body(APIClient(url: address.trimmedSlash, key: key, http: http))
        }
    }
}

extension HTTPClient {
    /// A client for the length of some work. It follows no redirects: a key goes where it was sent and nowhere else.
    static func withClient<T>(
        connectionCountMax: Int = 128, _ body: (HTTPClient) async throws -> T
    ) async throws -> T {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connectionCountMax
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        do {
            let result = try await body(client)
            try await client.shutdown()
            return result
        } catch {
            try? await client.shutdown()
            throw error
        }
    }
}

extension String {
    fileprivate var trimmedSlash: String { hasSuffix("/") ? String(dropLast()) : self }
}
