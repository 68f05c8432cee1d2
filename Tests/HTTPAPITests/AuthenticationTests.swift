import HTTPAPI
import NIOHTTP1
import Payments
import Storage
import Testing

@Suite("A key")
struct AuthenticationTests {
    @Test("is needed wherever a tenant's data is", arguments: ["/v1/events/9", "/v1/api_keys"])
    func needed(path: String) async throws {
        try await withServer { server in
            for header in ["", "Basic YTpi", "Bearer", "sk_test_1_x"] {
                let headers = header.isEmpty ? [] : [("authorization", header)]
                let reply = try await server.send(.GET, path, as: nil, headers: headers)
                #expect(reply.isProblem(.authenticationRequired), "\(header): \(reply.text)")
                #expect(reply.headers["www-authenticate"] == ["Bearer"])
            }
            let twice = [("authorization", "Bearer \(server.key(.auditor))"), ("authorization", "Bearer x")]
            #expect(try await server.send(.GET, path, as: nil, headers: twice).isProblem(.authenticationRequired))
        }
    }

    @Test("that is malformed, guessed or of another book opens nothing")
    func invalid() async throws {
        try await withServer { server in
            let right = server.key(.auditor)
            let parts = right.split(separator: "_", maxSplits: 3).map(String.init)
            let guesses = [
                "x", "sk_test_1_", right + "A", String(right.dropLast()), "sk_live_1_\(parts[3])",
                "sk_test_2_\(parts[3])", "sk_test_9_\(parts[3])", "sk_test_0_\(parts[3])", "sk_test_01_\(parts[3])",
                "sk_test_1099511627777_\(parts[3])", "SK_test_1_\(parts[3])",
                "sk_test_1_" + String(repeating: "A", count: 43),
            ]
            for guess in guesses {
                let reply = try await server.send(
                    .GET, "/v1/events/9", as: nil, headers: [("authorization", "Bearer \(guess)")])
                #expect(reply.isProblem(.keyInvalid), "\(guess): \(reply.text)")
                #expect(!reply.text.contains(parts[3]))
            }
            #expect(try await server.send(.GET, "/v1/events/9", as: .auditor).code == "event_not_found")
            #expect(!server.log.lines.contains { $0.contains(parts[3]) })
        }
    }

    @Test("is accepted with the scheme in any case and spaces behind it")
    func scheme() async throws {
        try await withServer { server in
            for scheme in ["Bearer ", "bearer ", "BEARER  "] {
                let reply = try await server.send(
                    .GET, "/v1/events/9", as: nil, headers: [("authorization", scheme + server.key(.auditor))])
                #expect(reply.isProblem(.eventNotFound))
            }
        }
    }

    @Test("that failed is counted by network and minute in the installation's log, and nowhere else")
    func counted() async throws {
        try await withServer { server in
            for _ in 0..<3 {
                _ = try await server.send(.GET, "/v1/events/9", as: nil, headers: [("authorization", "Bearer sk_x")])
            }
            let failures = server.services.failedAuthentications
            #expect(try await failures.step(now: server.clock.now) == false)
            server.clock.advance(by: .minutes(1))
            #expect(try await failures.step(now: server.clock.now))
            #expect(try await failures.step(now: server.clock.now) == false)
            let events = try server.services.database.read(.system) { rows in
                try (1...rows.asOf).compactMap { try rows.event(at: $0) }.map { String(decoding: $0, as: UTF8.self) }
            }
            #expect(events.count == 1)
            #expect(events[0].contains(#""subject":"127.0.0.0/24""#))
            #expect(events[0].contains(#""count":3"#))
        }
    }
}

@Suite("A role")
struct RoleTests {
    @Test("may do what the table says and nothing else")
    func routes() async throws {
        try await withServer { server in
            for role in Role.allCases {
                let read = try await server.send(.GET, "/v1/events/9", as: role)
                #expect(read.isProblem(.eventNotFound))
                let list = try await server.send(.GET, "/v1/api_keys", as: role)
                #expect(list.status == (role == .service ? 403 : 200), "\(role) \(list.text)")
                let create = try await server.send(
                    .POST, "/v1/api_keys", as: role, body: #"{"principal":"new-\#(role)","role":"auditor"}"#)
                #expect(create.status == (role == .operator ? 201 : 403))
                if role != .operator { #expect(create.isProblem(.permissionDenied)) }
            }
        }
    }

    @Test("is refused before the body is read")
    func early() async throws {
        try await withServer { server in
            let reply = try await server.send(.POST, "/v1/api_keys", as: .auditor, body: "not JSON")
            #expect(reply.isProblem(.permissionDenied))
        }
    }
}
