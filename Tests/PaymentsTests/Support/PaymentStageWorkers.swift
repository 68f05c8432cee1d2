import EventLog
import Payments
import Storage
import SummaTestKit
import Testing

/// Those who speak with the provider, with a provider that says what the test tells it to.
extension PaymentStage {
    func directory(_ provider: some PaymentProvider) throws -> ProviderDirectory {
        ProviderDirectory(
            database: store.database, connections: ProviderConnectionStore(try installationKey()),
            make: { _ in provider })
    }

    func worker(
        _ provider: some PaymentProvider, _ configure: (inout ProviderPatience) -> Void = { _ in }
    ) throws -> ProviderWorker {
        var patience = ProviderPatience()
        configure(&patience)
        return ProviderWorker(
            database: store.database, directory: try directory(provider), outcomes: recordOutcome, patience: patience,
            report: { Issue.record("\($0)") })
    }

    /// A step of a worker, until every answer is written.
    @discardableResult
    func step(_ worker: ProviderWorker, after span: Instant.Span = .seconds(0)) async throws -> Bool {
        store.clock.advance(by: span)
        // What was written a moment ago is due a little later than the standing clock says.
        let hasMore = try await worker.step(store.clock.now.advanced(by: .milliseconds(1)))
        await worker.drain()
        return hasMore
    }

    func attempts(_ operation: PaymentOperationID) throws -> [AttemptResult?] {
        let command = ProviderCommandID(rawValue: operation.rawValue)
        return try store.read { try ProviderAttemptStore.all(of: command, in: $0) }.map(\.result)
    }

    // MARK: Notifications

    func endpoint() throws -> String {
        let connections = ProviderConnectionStore(try installationKey())
        return try store.read { rows in
            let account = try #require(try ProviderAccountStore.find(Example.sandbox, in: rows))
            return try connections.find(account.id, in: rows).endpoint.text
        }
    }

    func receiver(_ provider: ScriptedProvider, _ refused: RefusedNotifications? = nil) throws -> ReceiveNotification {
        ReceiveNotification(
            database: store.database, directory: try directory(provider), outcomes: recordOutcome, texts: texts,
            refused: refused ?? RefusedNotifications(database: store.database), clock: store.clock, random: random)
    }

    func notification(_ body: String = "{}", to endpoint: String) -> ReceiveNotification.Command {
        .init(
            endpoint: endpoint, headers: NotificationHeaders([]), body: Array(body.utf8), source: "203.0.113.0/24",
            request: "req_1")
    }

    func keptNotifications() throws -> [KeptNotification] {
        try store.read { try NotificationStore.page(after: nil, limit: 100, in: $0) }
    }
}
