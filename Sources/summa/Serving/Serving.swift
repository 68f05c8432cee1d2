import AsyncHTTPClient
import EventLog
import HTTPAPI
import Logging
import Payments
import Providers
import Storage

/// A data directory at work: the API on a port, the sandbox provider beside it, and the workers between them.
struct Serving: Sendable {
    let installation: Installation
    var listen: ListenAddress
    /// Whether the sandbox is started beside; without it, it is expected where the provider account says.
    var startsSandbox = true
    /// Without them charges are accepted and nothing else happens.
    var runsWorkers = true
    /// Where callers reach this process from outside, when that is not where it listens.
    var advertisedURL: String?
    /// Decides what the sandbox does at random, where its account says that it does.
    var sandboxSeed: UInt64 = 0
    var patience = ProviderPatience()
    var logger = Logger.quiet

    /// What runs, once it does.
    struct Running: Sendable {
        let url: String
        let sandboxURL: String
        let sandboxKey: ProviderCredential
    }

    /// Serves until its task is cancelled, or for as long as some work takes. Afterwards everything has been stopped
    /// gracefully, the sandbox last: what was in hand has been finished.
    func run(_ body: @escaping @Sendable (Running) async throws -> Void) async throws {
        var configuration = HTTPServer.Configuration()
        configuration.host = listen.host
        configuration.port = listen.port
        let server = HTTPServer(configuration: configuration, services: installation.services, logger: logger)
        try await server.during { port in
            let url = "http://\(listen.host):\(port)"
            let contract = try contract()
            let sandbox = startsSandbox ? try keeper(of: contract, callbacksTo: url) : nil
            let watching = Task { await sandbox?.watch() }
            defer {
                watching.cancel()
                sandbox?.stop()
            }
            let reached = try await reach(contract, at: sandbox?.url)
            try await withWorkers(at: advertisedURL ?? url) {
                try await body(
                    Running(
                        url: url, sandboxURL: reached.connection.baseURL, sandboxKey: reached.connection.credential))
            }
        }
    }

    private func withWorkers(at url: String, _ body: () async throws -> Void) async throws {
        guard runsWorkers else { return try await body() }
        try await Working(installation: installation, patience: patience, logger: logger, url: url).during(body)
    }

    // MARK: The sandbox

    private func contract() throws -> ProviderContract {
        try installation.database.read(Founding.book) { rows in
            guard let account = try ProviderAccountStore.find(Founding.providerAccount, in: rows) else {
                throw CommandFailure("the book has no provider account \(Founding.providerAccount)")
            }
            return ProviderContract(
                account: account, connection: try installation.connections.find(account.id, in: rows))
        }
    }

    /// On the port it had before, where nobody else has taken that meanwhile.
    private func keeper(of contract: ProviderContract, callbacksTo url: String) throws -> SandboxKeeper {
        let connection = contract.connection
        let settings = SandboxProcess.Settings(
            directory: installation.directory.sandboxDirectory,
            port: connection.baseURL.split(separator: ":").last.flatMap { Int($0) } ?? 0,
            credential: connection.credential, callbackSecret: connection.newestSecret?.standardWebhooks ?? "",
            callbackURL: "\(url)/v1/webhooks/\(connection.endpoint.text)", seed: sandboxSeed)
        return try SandboxKeeper(settings, logger: logger)
    }

    private func reach(_ contract: ProviderContract, at url: String?) async throws -> ProviderContract {
        guard let url, url != contract.connection.baseURL else { return contract }
        return try await ChangeProviderConnection(
            database: installation.database, connections: installation.connections, random: installation.random
        ).run(
            .init(
                book: Founding.book, code: contract.account.code, baseURL: url,
                context: EventContext(actor: "system:serve")))
    }
}
