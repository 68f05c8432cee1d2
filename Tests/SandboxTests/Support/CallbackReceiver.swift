import Crypto
import Foundation
import Hummingbird
import JSON
import Synchronization

@testable import Sandbox

/// A merchant's callback endpoint: keeps what it is sent and answers as it is told.
final class CallbackReceiver: Sendable {
    struct Received: Sendable {
        let id: String
        let timestamp: Int64
        let signature: String
        let body: String

        var json: JSONValue { (try? JSONValue(parsing: body)) ?? .null }
        var type: String { json["type"]?.string ?? "" }

        /// Standard Webhooks, said again in three lines of its own.
        var isSignedRight: Bool {
            let key = SymmetricKey(data: Array(UInt8(0)...31))
            let code = HMAC<SHA256>.authenticationCode(for: Data("\(id).\(timestamp).\(body)".utf8), using: key)
            return signature == "v1," + Data(code).base64EncodedString()
        }
    }

    private let all = Mutex<[Received]>([])
    /// The statuses of the next answers; 204 when they are used up.
    private let planned = Mutex<[Int]>([])

    var received: [Received] { all.withLock { $0 } }
    /// Those a merchant would believe.
    var sound: [Received] { received.filter(\.isSignedRight) }
    var types: [String] { received.map(\.type) }

    func answerNext(with statuses: Int...) {
        planned.withLock { $0 = statuses }
    }

    /// Waits for so many callbacks; gives up after ten seconds.
    func wait(for count: Int) async throws -> [Received] {
        for _ in 0..<500 {
            if received.count >= count { return received }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw NotEnough(received: types)
    }

    struct NotEnough: Error { let received: [String] }

    fileprivate func keep(_ request: Request) async throws -> HTTPResponse.Status {
        let body = String(buffer: try await request.body.collect(upTo: 1 << 20))
        func header(_ name: String) -> String { request.headers[.init(name)!] ?? "" }
        let callback = Received(
            id: header("webhook-id"), timestamp: Int64(header("webhook-timestamp")) ?? 0,
            signature: header("webhook-signature"), body: body)
        all.withLock { $0.append(callback) }
        let status = planned.withLock { $0.isEmpty ? 204 : $0.removeFirst() }
        return .init(code: status)
    }
}

/// Runs a test with an endpoint that listens, and its address.
func withReceiver(_ test: @Sendable (CallbackReceiver, _ url: String) async throws -> Void) async throws {
    let receiver = CallbackReceiver()
    let router = Router()
    router.post("/callbacks") { request, _ in try await receiver.keep(request) }
    let (ports, port) = AsyncStream.makeStream(of: Int.self)
    var application = Application(
        router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
        onServerRunning: { port.yield($0.localAddress?.port ?? 0) })
    application.logger.logLevel = .warning
    let server = GracefulServer(application)
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await server.run() }
        let first = await ports.first { _ in true } ?? 0
        try await test(receiver, "http://127.0.0.1:\(first)/callbacks")
        group.cancelAll()
        do { while try await group.next() != nil {} } catch is CancellationError {}
    }
}

/// A sandbox that calls a receiver back.
func withSandboxAndReceiver(
    _ configure: @Sendable (inout SandboxConfiguration) -> Void = { _ in },
    _ test: @Sendable (RunningSandbox, CallbackReceiver) async throws -> Void
) async throws {
    try await withReceiver { receiver, url in
        try await withSandbox { configuration in
            configuration.callbackURL = url
            configuration.callbackSecret = SandboxSecret(RunningSandbox.callbackSecret)
            configure(&configuration)
        } _: { sandbox in
            try await test(sandbox, receiver)
        }
    }
}
