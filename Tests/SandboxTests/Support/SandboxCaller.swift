import AsyncHTTPClient
import Foundation
import JSON

/// Speaks to a sandbox as a merchant's program does.
struct SandboxCaller: Sendable {
    let url: String
    let key: String

    /// For all tests, for as long as they run. A refused connection is told at once: the sandbox is gone.
    private static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    struct Answer: Sendable {
        let status: UInt
        let text: String
        let isReplay: Bool

        var json: JSONValue { (try? JSONValue(parsing: text)) ?? .null }
        var errorCode: String? { json["error"]?["code"]?.string }

        subscript(name: String) -> JSONValue? { json[name] }
    }

    func post(_ path: String, _ body: String = "{}", key idempotencyKey: String? = UUID().uuidString) async throws
        -> Answer
    {
        var headers = [("content-type", "application/json")]
        if let idempotencyKey { headers.append(("idempotency-key", idempotencyKey)) }
        return try await send("POST", path, headers: headers, body: Array(body.utf8))
    }

    func put(_ path: String, _ body: String) async throws -> Answer {
        try await send("PUT", path, headers: [("content-type", "application/json")], body: Array(body.utf8))
    }

    func get(_ path: String) async throws -> Answer {
        try await send("GET", path)
    }

    func send(
        _ method: String, _ path: String, headers: [(String, String)] = [], body: [UInt8]? = nil
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: url + path)
        request.method = .RAW(value: method)
        request.headers.add(name: "authorization", value: "Bearer \(key)")
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body { request.body = .bytes(body) }
        let response = try await Self.client.execute(request, timeout: .seconds(30))
        let bytes = try await response.body.collect(upTo: 64 << 20)
        return Answer(
            status: response.status.code, text: String(decoding: bytes.readableBytesView, as: UTF8.self),
            isReplay: response.headers.first(name: "idempotency-replayed") == "true")
    }
}

/// The requests most tests make.
extension SandboxCaller {
    func authorize(
        _ amount: Int64 = 1_000, _ currency: String = "EUR", with token: String = "pm_approve",
        reference: String = UUID().uuidString, capture: String = "manual", key: String = UUID().uuidString
    ) async throws -> Answer {
        let body = """
            {"amount":\(amount),"currency":"\(currency)","payment_method":"\(token)","reference":"\(reference)",
            "capture":"\(capture)"}
            """
        return try await post("/v1/authorizations", body, key: key)
    }

    /// The id of a payment that was captured at once.
    func charge(_ amount: Int64 = 1_000, _ currency: String = "EUR", with token: String = "pm_approve") async throws
        -> String
    {
        try await authorize(amount, currency, with: token, capture: "automatic")["id"]?.string ?? ""
    }

    func capture(_ id: String, _ body: String = "{}", key: String = UUID().uuidString) async throws -> Answer {
        try await post("/v1/authorizations/\(id)/captures", body, key: key)
    }

    func void(_ id: String, key: String = UUID().uuidString) async throws -> Answer {
        try await post("/v1/authorizations/\(id)/void", key: key)
    }

    func refund(_ id: String, _ body: String = "{}", key: String = UUID().uuidString) async throws -> Answer {
        try await post("/v1/authorizations/\(id)/refunds", body, key: key)
    }

    func list(_ path: String) async throws -> [JSONValue] {
        try await get(path)["data"]?.array ?? []
    }

    /// Kind and subject of each effect, in order.
    func effects() async throws -> [String] {
        try await list("/v1/effects").map { ($0["kind"]?.string ?? "?") }
    }

    /// Waits until nothing is still to come; gives up after ten seconds.
    func untilQuiet(callbacksToo: Bool = false) async throws {
        for _ in 0..<500 {
            let activity = try await get("/v1/activity")
            if activity["jobs"]?.integer == 0, !callbacksToo || activity["callbacks"]?.integer == 0 { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw NeverQuiet()
    }

    struct NeverQuiet: Error {}
}
