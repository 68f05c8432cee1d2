import AsyncHTTPClient
import HTTPAPI
import NIOCore
import NIOHTTP1
import Testing

@Suite("A body")
struct BodyTests {
    private static let path = "/v1/api_keys"

    @Test(
        "is read strictly, and what is wrong is named",
        arguments: [
            ("", ProblemCode.bodyMissing, nil), ("nonsense", .jsonMalformed, nil), ("{", .jsonMalformed, nil),
            ("\u{FEFF}{}", .jsonMalformed, nil), (#"{"role":"\ud800"}"#, .jsonMalformed, nil),
            ("[]", .memberWrongType, nil), ("null", .memberWrongType, nil),
            (#"{"principal":"a","principal":"b","role":"auditor"}"#, .memberDuplicate, "principal"),
            (#"{"principal":"a","role":"auditor","rôle":1}"#, .memberUnknown, #"["rôle"]"#),
            (#"{"principal":"a","role":"auditor","extra":null}"#, .memberUnknown, "extra"),
            (#"{"role":"auditor"}"#, .memberMissing, "principal"),
            (#"{"principal":7,"role":"auditor"}"#, .memberWrongType, "principal"),
            (#"{"principal":"A b","role":"auditor"}"#, .memberInvalid, "principal"),
            (#"{"principal":"a","role":"king"}"#, .memberInvalid, "role"),
        ] as [(String, ProblemCode, String?)])
    func strict(body: String, code: ProblemCode, param: String?) async throws {
        try await withServer { server in
            let reply = try await server.send(.POST, Self.path, body: body)
            #expect(reply.isProblem(code), "\(reply.text)")
            #expect(reply.param == param)
        }
    }

    @Test(
        "with a card number anywhere is refused, and the number told back nowhere",
        arguments: [
            #"{"principal":"4111111111111111","role":"auditor"}"#,
            #"{"principal":"a","role":"auditor","note":"pay 4111 1111 1111 1111"}"#,
            #"{"principal":"a","role":"auditor","4111111111111111":1}"#,
            #"{"principal":4111111111111111,"role":"auditor"}"#,
            #"{"a":{"b":["x","4111-1111-1111-1111"]}}"#,
        ])
    func cardNumbers(body: String) async throws {
        try await withServer { server in
            let reply = try await server.send(.POST, Self.path, body: body)
            #expect(reply.isProblem(.cardNumberRefused), "\(reply.text)")
            #expect(!reply.text.contains("1111 1111") && !reply.text.contains("11111111"))
            #expect(!server.log.lines.contains { $0.contains("11111111") })
        }
    }

    @Test("that names a card number twice does not get it echoed as a duplicate")
    func duplicateCardNumber() async throws {
        try await withServer { server in
            let reply = try await server.send(
                .POST, Self.path, body: #"{"4111111111111111":1,"4111111111111111":2}"#)
            #expect(reply.status == 400)
            #expect(!reply.text.contains("4111111111111111"))
        }
    }

    @Test(
        "of another content type is refused, unread",
        arguments: ["text/plain", "application/x-www-form-urlencoded", "application/json-seq", "", "json"])
    func contentTypes(type: String) async throws {
        try await withServer { server in
            let reply = try await server.send(.POST, Self.path, body: "{", headers: [("content-type", type)])
            #expect(reply.isProblem(.contentTypeUnsupported), "\(reply.text)")
        }
    }

    @Test("may say that it is UTF-8", arguments: ["application/json; charset=utf-8", "Application/JSON"])
    func charset(type: String) async throws {
        try await withServer { server in
            let reply = try await server.send(.POST, Self.path, body: "{}", headers: [("content-type", type)])
            #expect(reply.isProblem(.memberMissing))
        }
    }

    @Test("may have 1 MiB and not a byte more, however it is sent", arguments: [true, false])
    func size(isAnnounced: Bool) async throws {
        try await withServer { server in
            for (count, code) in [(1 << 20, ProblemCode.jsonMalformed), (1 << 20 + 1, .bodyTooLarge)] {
                let padding = ByteBuffer(repeating: UInt8(ascii: " "), count: count)
                let parts = AsyncStream<ByteBuffer> { stream in
                    stream.yield(padding)
                    stream.finish()
                }
                let headers: HTTPHeaders = [
                    "authorization": "Bearer \(server.key(.operator))", "content-type": "application/json",
                ]
                let reply = try await server.send(
                    .POST, Self.path, headers, isAnnounced ? .bytes(padding) : .stream(parts, length: .unknown))
                #expect(reply.isProblem(code), "\(count): \(reply.text)")
            }
            #expect(try await server.send(.GET, "/healthz", as: nil).status == 200)
        }
    }
}
