import AsyncHTTPClient
import Foundation
import JSON
import Sandbox
import Storage

/// A sandbox over real HTTP in this process, on a free port and a file of its own.
struct RunningSandbox: Sendable {
    let caller: SandboxCaller
    let clock: TestClock
    let directory: URL

    static let apiKey = "sk_sandbox_test"
    /// `whsec_` and the base64 of the bytes 0…31.
    static let callbackSecret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

    /// Short. A test that needs one thing after another makes that span a minute and moves the clock.
    static var timings: SandboxTimings {
        var timings = SandboxTimings()
        timings.callback = .milliseconds(1)
        timings.reorder = .milliseconds(1)
        timings.late = .milliseconds(1)
        timings.heldAnswer = .milliseconds(1)
        timings.hang = .milliseconds(150)
        timings.decision = .milliseconds(40)
        timings.payer = .milliseconds(40)
        timings.refundReturn = .milliseconds(80)
        timings.dispute = .milliseconds(40)
        timings.disputeEnd = .milliseconds(40)
        timings.shortAuthorizationLife = .milliseconds(40)
        timings.retryFirst = .milliseconds(20)
        return timings
    }

    static func configuration(in directory: URL) -> SandboxConfiguration {
        var configuration = SandboxConfiguration(
            databasePath: directory.appendingPathComponent("sandbox.db").path, apiKey: SandboxSecret(apiKey))
        configuration.timings = timings
        return configuration
    }
}

/// Runs a test against a sandbox that is gone afterwards, with its file.
func withSandbox(
    _ configure: (inout SandboxConfiguration) -> Void = { _ in },
    _ test: @Sendable (RunningSandbox) async throws -> Void
) async throws {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("sandbox-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    var configuration = RunningSandbox.configuration(in: directory)
    configure(&configuration)
    try await withSandbox(configuration, in: directory, test)
}

/// Runs a test against a sandbox on a file that may have been used before.
func withSandbox(
    _ configuration: SandboxConfiguration, in directory: URL, clock: TestClock = TestClock(),
    _ test: @Sendable (RunningSandbox) async throws -> Void
) async throws {
    let (ports, port) = AsyncStream.makeStream(of: Int.self)
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            defer { port.finish() }
            try await SandboxServer(configuration, clock: clock.sandboxClock).run { port.yield($0) }
        }
        guard let first = await ports.first(where: { _ in true }) else {
            // It ended before it listened: its error tells why.
            try await group.next()
            throw NeverListened()
        }
        let caller = SandboxCaller(url: "http://127.0.0.1:\(first)", key: RunningSandbox.apiKey)
        try await test(RunningSandbox(caller: caller, clock: clock, directory: directory))
        group.cancelAll()
        do { while try await group.next() != nil {} } catch is CancellationError {}
    }
}

struct NeverListened: Error {}
