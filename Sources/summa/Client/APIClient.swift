import AsyncHTTPClient
import Foundation
import JSON
import NIOCore
import NIOHTTP1

/// Speaks to a server's API with one key.
struct APIClient: Sendable {
    let url: String
    let key: String
    let http: HTTPClient

    struct Reply: Sendable {
        let status: Int
        let headers: HTTPHeaders
        let body: [UInt8]

        var isSuccess: Bool { 200..<300 ~= status }
        var text: String { String(decoding: body, as: UTF8.self) }
        var json: JSONValue { (try? JSONValue(parsing: body)) ?? .null }
    }

    /// Sends one request and answers whatever comes back.
    /// - Throws: When nothing did.
    func exchange(
        _ method: HTTPMethod, _ path: String, body: [UInt8]? = nil, type: String = "application/json",
        headers: [(String, String)] = []
    ) async throws -> Reply {
        var request = HTTPClientRequest(url: url + path)
        request.method = method
        request.headers = HTTPHeaders(headers)
        request.headers.add(name: "authorization", value: "Bearer \(key)")
        if let body {
            request.headers.add(name: "content-type", value: type)
            request.body = .bytes(ByteBuffer(bytes: body))
        }
        let response = try await http.execute(request, timeout: .seconds(60))
        let bytes = try await response.body.collect(upTo: 64 << 20)
        return Reply(status: Int(response.status.code), headers: response.headers, body: Array(bytes.readableBytesView))
    }

    /// Sends one request that is to succeed.
    /// - Throws: `APIRefusal`.
    func send(
        _ method: HTTPMethod, _ path: String, body: JSONValue? = nil, headers: [(String, String)] = []
    ) async throws -> JSONValue {
        let reply = try await exchange(method, path, body: body.map { $0.bytes }, headers: headers)
        guard reply.isSuccess else { throw APIRefusal(reply, path: path) }
        return reply.json
    }

    func get(_ path: String) async throws -> JSONValue { try await send(.GET, path) }

    func post(_ path: String, _ body: JSONValue, idempotencyKey: String? = nil) async throws -> JSONValue {
        try await send(.POST, path, body: body, headers: idempotencyKey.map { [("idempotency-key", $0)] } ?? [])
    }

    /// Every item of a list, page after page.
    func list(_ path: String) async throws -> [JSONValue] {
        var items: [JSONValue] = []
        var cursor: String?
        let first = path + (path.contains("?") ? "&" : "?") + "limit=200"
        repeat {
            let page = try await get(first + (cursor.map { "&cursor=\($0)" } ?? ""))
            items += page["items"]?.array ?? []
            cursor = page["next_cursor"]?.string
        } while cursor != nil
        return items
    }
}

/// The server said no.
struct APIRefusal: Error, CustomStringConvertible {
    let status: Int
    let code: String
    let detail: String
    let path: String

    init(_ reply: APIClient.Reply, path: String) {
        status = reply.status
        code = reply.json["code"]?.string ?? "no_code"
        detail = reply.json["detail"]?.string ?? reply.json["title"]?.string ?? ""
        self.path = path
    }

    var description: String { "\(path): \(status) \(code)\(detail.isEmpty ? "" : ": \(detail)")" }
}
