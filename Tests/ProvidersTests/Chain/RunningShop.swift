import AsyncHTTPClient
import EventLog
import Foundation
import Hummingbird
import Payments
import Providers
import Storage
import SummaTestKit
import Testing

@testable import Sandbox

/// How a test's shop and its sandbox are to be.
struct ShopSetting: Sendable {
    var patience: @Sendable (inout ProviderPatience) -> Void = { _ in }
    var timings: @Sendable (inout SandboxTimings) -> Void = { _ in }
    /// Members of the sandbox's account settings, as JSON.
    var account = ""
    var seed: UInt64 = 0
    /// How long the provider has for an answer. Long, where no doubt is wanted: a busy machine must not raise one.
    var timeoutSeconds: Int64 = 5
    /// Whether the workers go on by themselves; otherwise the test runs them.
    var runsWorkers = true
}

/// Runs a test against a shop whose sandbox calls back over HTTP; all of it is gone afterwards.
func withShop(_ setting: ShopSetting = ShopSetting(), _ test: @Sendable (Shop) async throws -> Void) async throws {
    let directory = try TemporaryDirectory()
    let clock = MovedClock()
    let secret = [UInt8](0...31)
    var configuration = SandboxConfiguration(
        databasePath: directory.path + "/sandbox.db", apiKey: SandboxSecret(SandboxRecords.key))
    configuration.seed = setting.seed
    configuration.timings = .hurried
    setting.timings(&configuration.timings)
    let sandboxClock = SandboxClock(time: clock) { try await Task.sleep(for: .microseconds($0.microseconds)) }
    let server = SandboxServer(configuration, clock: sandboxClock)
    let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: ProviderHTTP.clientConfiguration)
    try await withThrowingTaskGroup(of: Void.self) { group in
        let sandboxPort = AsyncStream.makeStream(of: Int.self)
        group.addTask {
            defer { sandboxPort.continuation.finish() }
            try await server.run { sandboxPort.continuation.yield($0) }
        }
        let address = "http://127.0.0.1:\(await sandboxPort.stream.first { _ in true } ?? 0)"
        let shop = try await Shop(
            in: directory.path + "/summa", sandbox: address, secret: secret, client: client, clock: clock,
            timeoutSeconds: setting.timeoutSeconds, setting.patience)
        let receiverPort = AsyncStream.makeStream(of: Int.self)
        let receiver = NotificationReceiver(shop: shop).server { receiverPort.continuation.yield($0) }
        group.addTask { try await receiver.run() }
        let endpoint = "http://127.0.0.1:\(await receiverPort.stream.first { _ in true } ?? 0)/webhooks"
        try await shop.sandbox.configure(
            """
            "callback_url":"\(endpoint)/\(shop.contract.connection.endpoint.text)",
            "callback_secret":"whsec_\(Data(secret).base64EncodedString())"\(setting.account.isEmpty ? "" : ",")\(setting.account)
            """)
        if setting.runsWorkers { group.addTask { await shop.workers().run() } }
        do { try await test(shop) } catch { Issue.record(error) }
        group.cancelAll()
        try await end(group: &group)
        shop.database.close()
    }
    try await client.shutdown()
}

/// Waits for every task of a group that was cancelled: one may end by saying so while another still writes an answer down.
private func end(group: inout ThrowingTaskGroup<Void, any Error>) async throws {
    while !group.isEmpty {
        do { try await group.next() } catch is CancellationError {}
    }
}

extension SandboxTimings {
    /// As short as a test can be sure of the order in which things happen.
    static var hurried: SandboxTimings {
        var timings = SandboxTimings()
        timings.callback = .milliseconds(5)
        timings.reorder = .milliseconds(150)
        timings.late = .milliseconds(400)
        timings.heldAnswer = .milliseconds(150)
        timings.hang = .milliseconds(1_300)
        timings.decision = .milliseconds(60)
        timings.payer = .milliseconds(60)
        timings.refundReturn = .milliseconds(120)
        timings.dispute = .milliseconds(60)
        timings.disputeEnd = .milliseconds(60)
        timings.retryFirst = .milliseconds(50)
        return timings
    }
}

/// Where the sandbox calls back: bytes in, a status out, and nothing else.
struct NotificationReceiver: Sendable {
    let shop: Shop

    func server(onListening: @escaping @Sendable (Int) -> Void) -> GracefulServer {
        let router = Router()
        router.post("/webhooks/:endpoint") { request, context in
            let endpoint = context.parameters.get("endpoint") ?? ""
            return try await answer(request, to: endpoint)
        }
        var application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { onListening($0.localAddress?.port ?? 0) })
        application.logger.logLevel = .critical
        return GracefulServer(application)
    }

    private func answer(_ request: Request, to endpoint: String) async throws -> HTTPResponse.Status {
        let body = try await request.body.collect(upTo: 1 << 20)
        let headers = NotificationHeaders(request.headers.map { ($0.name.rawName, $0.value) })
        do {
            _ = try await shop.receive.run(
                .init(endpoint: endpoint, headers: headers, body: Array(buffer: body), source: "127.0.0.0/24"))
            return .noContent
        } catch is UnknownEndpoint {
            return .notFound
        } catch is NotificationRejection {
            return .unauthorized
        }
    }
}
