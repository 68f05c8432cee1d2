import HTTPAPI
import NIOHTTP1
import Payments
import Testing

@Suite("Keys over HTTP")
struct KeyRouteTests {
    @Test("one for a service works at once, tells its secret once, and ends at once")
    func lifeOfAServiceKey() async throws {
        try await withServer { server in
            let made = try await server.send(
                .POST, "/v1/api_keys", body: #"{"principal":"shop-2","role":"service"}"#)
            #expect(made.status == 201)
            #expect(made["state"]?.string == "active")
            let secret = try #require(made["secret"]?.string)
            let id = try #require(made["id"]?.string)
            #expect(secret.hasPrefix("sk_test_1_"))

            let headers = [("authorization", "Bearer \(secret)")]
            #expect(try await server.send(.GET, "/v1/events/9", as: nil, headers: headers).code == "event_not_found")
            let list = try await server.send(.GET, "/v1/api_keys", as: .auditor)
            #expect(!list.text.contains(secret))
            #expect(list["items"]?.array?.last?["id"]?.string == id)

            let revoked = try await server.send(.POST, "/v1/api_keys/\(id)/revoke", as: .approver)
            #expect(revoked["state"]?.string == "revoked")
            #expect(try await server.send(.GET, "/v1/events/9", as: nil, headers: headers).isProblem(.keyRevoked))
            #expect(try await server.send(.POST, "/v1/api_keys/\(id)/revoke").status == 200)
            #expect(!server.log.lines.contains { $0.contains(secret) })
        }
    }

    @Test("one that could approve or propose needs another principal's word", arguments: [Role.operator, .approver])
    func fourEyes(role: Role) async throws {
        try await withServer { server in
            let made = try await server.send(
                .POST, "/v1/api_keys", body: #"{"principal":"anna","role":"\#(role.rawValue)"}"#)
            #expect(made["state"]?.string == "proposed")
            let headers = [("authorization", "Bearer \(made["secret"]?.string ?? "")")]
            #expect(try await server.send(.GET, "/v1/events/9", as: nil, headers: headers).isProblem(.keyNotApproved))
            let path = "/v1/api_keys/\(made["id"]?.string ?? "")/approve"
            #expect(try await server.send(.POST, path, as: .operator).isProblem(.permissionDenied))
            let approved = try await server.send(.POST, path, as: .approver, body: "{}")
            #expect(approved["state"]?.string == "active")
            #expect(approved["approved_by"]?.string?.hasPrefix("principal:the-approver/key_") == true)
            #expect(try await server.send(.GET, "/v1/events/9", as: nil, headers: headers).code == "event_not_found")
        }
    }

    @Test("a principal has one role, and a revoked key cannot be approved")
    func refusals() async throws {
        try await withServer { server in
            let other = try await server.send(
                .POST, "/v1/api_keys", body: #"{"principal":"the-approver","role":"operator"}"#)
            #expect(other.isProblem(.principalHasOtherRole))
            let made = try await server.send(.POST, "/v1/api_keys", body: #"{"principal":"bea","role":"operator"}"#)
            let id = made["id"]?.string ?? ""
            _ = try await server.send(.POST, "/v1/api_keys/\(id)/revoke")
            #expect(try await server.send(.POST, "/v1/api_keys/\(id)/approve", as: .approver).isProblem(.keyEnded))
            for id in ["key_0000000000000", "pay_0000000000000", "x"] {
                #expect(try await server.send(.POST, "/v1/api_keys/\(id)/revoke").isProblem(.keyNotFound))
            }
        }
    }

    @Test("are listed page by page, each once, in the order they were made")
    func pages() async throws {
        try await withServer { server in
            var ids: [String] = []
            var path = "/v1/api_keys?limit=3"
            for _ in 0..<2 {
                let page = try await server.send(.GET, path)
                ids += page["items"]?.array?.compactMap { $0["id"]?.string } ?? []
                guard let cursor = page["next_cursor"]?.string else { break }
                path = "/v1/api_keys?limit=3&cursor=\(cursor)"
            }
            #expect(ids.count == Role.allCases.count)
            #expect(ids == ids.sorted() && Set(ids).count == ids.count)
        }
    }

    @Test(
        "a page is asked for in one way only",
        arguments: [
            ("limit=0", ProblemCode.parameterInvalid), ("limit=201", .parameterInvalid),
            ("limit=01", .parameterInvalid),
            ("limit=1&limit=2", .parameterInvalid), ("cursor=x", .parameterInvalid), ("limits=3", .parameterUnknown),
            ("cursor=%zz", .parameterInvalid), ("q=4111111111111111", .cardNumberRefused),
            ("4111111111111111=q", .cardNumberRefused),
        ])
    func badPages(query: String, code: ProblemCode) async throws {
        try await withServer { server in
            let reply = try await server.send(.GET, "/v1/api_keys?\(query)")
            #expect(reply.isProblem(code), "\(reply.text)")
            #expect(!reply.text.contains("4111111111111111"))
        }
    }
}
