import AsyncHTTPClient
import Foundation
import Money
import Payments
import Providers
import Sandbox
import Storage
import SummaTestKit

/// The adapter, speaking to a sandbox over real HTTP in this process.
struct ProviderUnderTest: Sendable {
    let provider: SandboxProvider
    let address: String

    static let key = "sk_sandbox_adapter"

    /// A command with an id of its own.
    func command(
        _ kind: ProviderCommand.Kind, _ amount: Amount = .eur(1_000), of payment: ProviderReference? = nil, id: Int64
    ) -> ProviderCommand {
        ProviderCommand(
            id: ProviderCommandID(rawValue: id), book: "main", kind: kind, amount: amount, paymentReference: payment)
    }

    func authorize(
        with token: String, capture: CaptureMode = .manual, _ amount: Amount = .eur(1_000), id: Int64
    ) throws -> ProviderCommand {
        guard let token = PaymentMethodToken(token) else { throw NotAToken() }
        return command(.authorize(token, capture: capture), amount, id: id)
    }

    /// The payment a command made.
    func payment(of command: ProviderCommand) async throws -> ProviderReference {
        guard case .found(let facts) = await provider.lookUp(command), let payment = facts.first?.paymentReference
        else {
            throw NotFound()
        }
        return payment
    }

    struct NotAToken: Error {}
    struct NotFound: Error {}
}

/// Runs a test with an adapter whose provider is gone afterwards.
func withProvider(
    timeoutSeconds: Int64 = 5, _ test: @Sendable (ProviderUnderTest) async throws -> Void
) async throws {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("adapter-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    var configuration = SandboxConfiguration(
        databasePath: directory.appendingPathComponent("sandbox.db").path, apiKey: SandboxSecret(ProviderUnderTest.key))
    configuration.timings.hang = .seconds(timeoutSeconds + 2)
    configuration.timings.decision = .milliseconds(20)
    let sandbox = SandboxServer(configuration, clock: wallClock)
    let (ports, port) = AsyncStream.makeStream(of: Int.self)
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            defer { port.finish() }
            try await sandbox.run { port.yield($0) }
        }
        let address = "http://127.0.0.1:\(await ports.first { _ in true } ?? 0)"
        try await withAdapter(of: address, timeoutSeconds: timeoutSeconds, test)
        group.cancelAll()
        do { while try await group.next() != nil {} } catch is CancellationError {}
    }
}

/// Runs a test with an adapter that speaks to an address.
func withAdapter(
    of address: String, timeoutSeconds: Int64, _ test: @Sendable (ProviderUnderTest) async throws -> Void
) async throws {
    let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: ProviderHTTP.clientConfiguration)
    let provider = SandboxProvider(
        baseURL: address, key: ProviderCredential(ProviderUnderTest.key), client: client,
        timeoutSeconds: timeoutSeconds, now: { wallClock.time.now })
    do {
        try await test(ProviderUnderTest(provider: provider, address: address))
    } catch {
        try? await client.shutdown()
        throw error
    }
    try await client.shutdown()
}

private struct WallTime: TimeSource {
    var now: Instant { Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000)) }
}

let wallClock = SandboxClock(time: WallTime()) { try await Task.sleep(for: .microseconds($0.microseconds)) }

/// Runs a test with an adapter that has another account's key.
func withStranger(
    to address: String, _ test: @Sendable (SandboxProvider) async throws -> Void
) async throws {
    let provider = SandboxProvider(
        baseURL: address, key: ProviderCredential("sk_other"), client: .shared, now: { wallClock.time.now })
    try await test(provider)
}
