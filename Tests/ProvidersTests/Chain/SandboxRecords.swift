import AsyncHTTPClient
import Foundation
import JSON
import NIOCore
import Storage

/// What the sandbox has recorded of itself, and its account's settings: the other side's view of what happened.
struct SandboxRecords: Sendable {
    let address: String

    static let key = "sk_sandbox_chain"

    struct Effect: Hashable, Sendable {
        let kind: String
        let reference: String?
        let authorization: String
        let amount: Int64
    }

    func effects() async throws -> [Effect] {
        var effects: [Effect] = []
        var after: Int64 = 0
        while true {
            let page = try await get("/v1/effects?after=\(after)&limit=1000")["data"]?.array ?? []
            guard let last = page.last?["sequence"]?.integer else { return effects }
            after = last
            effects += page.map { json in
                Effect(
                    kind: json["kind"]?.string ?? "", reference: json["reference"]?.string,
                    authorization: json["authorization"]?.string ?? "", amount: json["amount"]?.integer ?? 0)
            }
        }
    }

    /// Whether nothing is to happen there soon, and every callback was taken or given up.
    func isQuiet() async throws -> Bool {
        let activity = try await get("/v1/activity")
        return activity["jobs"]?.integer == 0 && activity["callbacks"]?.integer == 0
    }

    /// Changes the account's settings; `settings` are members of a JSON object.
    func configure(_ settings: String) async throws {
        _ = try await send(.put, "/v1/account", "{\(settings)}")
    }

    private func get(_ path: String) async throws -> JSONValue {
        try await send(.get, path, nil)
    }

    private func send(_ verb: Verb, _ path: String, _ body: String?) async throws -> JSONValue {
        var request = HTTPClientRequest(url: address + path)
        request.method = verb == .put ? .PUT : .GET
        request.headers.add(name: "authorization", value: "Bearer \(Self.key)")
        if let body {
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(Array(body.utf8))
        }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
        let bytes = try await response.body.collect(upTo: 64 << 20)
        guard response.status == .ok else { throw Refused(status: response.status.code) }
        return try JSONValue(parsing: Array(buffer: bytes))
    }

    enum Verb { case get, put }

    struct Refused: Error { let status: UInt }
}
