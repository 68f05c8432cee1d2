import AsyncHTTPClient
import Hummingbird

/// The sandbox provider: its HTTP API, its jobs and its callbacks, over one SQLite file. Runs in any process; one at a time
/// on a file. Stopping it anywhere, by force too, loses nothing it has answered.
package struct SandboxServer: Sendable {
    private let configuration: SandboxConfiguration
    private let clock: SandboxClock

    package init(_ configuration: SandboxConfiguration, clock: SandboxClock) {
        self.configuration = configuration
        self.clock = clock
    }

    /// Serves until its task is cancelled.
    /// - Parameter onListening: Called once, with the port, when requests are taken.
    /// - Throws: `SandboxFault` or `StorageFault` when it cannot start, and whatever stopped it otherwise.
    package func run(onListening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }) async throws {
        let database = try SandboxDatabase(path: configuration.databasePath, rules: rules)
        defer { database.stop() }
        try await applySettings(to: database)
        try await withClient { client in
            try await serve(database: database, client: client, onListening: onListening)
        }
    }

    private var rules: SandboxRules {
        SandboxRules(
            clock: clock, timings: configuration.timings, seed: configuration.seed,
            faultsSeed: configuration.faultsSeed, bankDelayDays: configuration.bankDelayDays)
    }

    /// What the configuration says of the account wins over what was kept.
    private func applySettings(to database: SandboxDatabase) async throws {
        if let secret = configuration.callbackSecret, CallbackSigner(secret: secret) == nil {
            throw SandboxFault.malformedCallbackSecret
        }
        if let url = configuration.callbackURL, !CallbackSender.accepts(url) { throw SandboxFault.malformedCallbackURL }
        let configuration = configuration
        try await database.perform { work in
            var settings = try AccountStore.load(in: work)
            settings.callbackURL = configuration.callbackURL ?? settings.callbackURL
            settings.callbackSecret = configuration.callbackSecret ?? settings.callbackSecret
            try AccountStore.save(settings, in: work)
        }
    }

    private func withClient(_ body: (HTTPClient) async throws -> Void) async throws {
        var settings = HTTPClient.Configuration()
        // A redirect would send a signed fact to a place nobody configured.
        settings.redirectConfiguration = .disallow
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings)
        do {
            try await body(client)
        } catch {
            try? await client.shutdown()
            throw error
        }
        try await client.shutdown()
    }

    private func serve(
        database: SandboxDatabase, client: HTTPClient, onListening: @escaping @Sendable (Int) async -> Void
    ) async throws {
        let bells = Doorbells()
        let routes = SandboxRoutes(
            database: database, rules: rules, apiKey: configuration.apiKey,
            filesDirectory: configuration.filesDirectory, bells: bells)
        var application = Application(
            router: routes.router(),
            configuration: .init(address: .hostname(configuration.host, port: configuration.port)),
            onServerRunning: { channel in
                if let port = channel.localAddress?.port { await onListening(port) }
            })
        application.logger.logLevel = .warning
        let jobs = JobLoop(database: database, clock: clock, bells: bells)
        let callbacks = CallbackLoop(database: database, rules: rules, client: client, bell: bells.callbacks)
        let server = GracefulServer(application)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            group.addTask { try await jobs.run() }
            group.addTask { try await callbacks.run() }
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}
