import HTTPAPI
import NIOHTTP1
import SummaTestKit
import Testing

/// The same on both databases: SQLite could keep the character, PostgreSQL's texts cannot.
@Suite("A request with the character U+0000")
struct ZeroCharacterTests {
    private static let zero = #"a\u0000b"#
    private static let start = #""amount":1000,"currency":"EUR","payment_method":"tok_approve""#

    private static let charges: [(members: String, param: String?)] = [
        (start + #","reference":"\#(zero)""#, "reference"),
        (start + #","description":"\#(zero)""#, "description"),
        (start + #","merchant":"\#(zero)""#, "merchant"),
        (start + #","provider_account":"\#(zero)""#, "provider_account"),
        (start + #","metadata":{"a":"\#(zero)"}"#, "metadata.a"),
        (start + #","metadata":{"\#(zero)":"a"}"#, "metadata"),
        (#""amount":1000,"currency":"EUR","payment_method":"\#(zero)""#, "payment_method"),
        (#""amount":1000,"currency":"\u0000","payment_method":"tok_approve""#, "currency"),
    ]

    @Test("for a charge is refused and changes nothing, and its key is free for a good one")
    func charges() async throws {
        try await withServer { server in
            try await server.openShop()
            let before = try server.eventCount()
            for (index, charge) in Self.charges.enumerated() {
                let reply = try await server.charge("{\(charge.members)}", key: "zero-\(index)")
                #expect(reply.isProblem(.memberInvalid) && reply.param == charge.param, "\(reply.text)")
            }
            #expect(try server.eventCount() == before)
            #expect(try await server.charge(key: "zero-0").status == 202)
        }
    }

    @Test("that spells a backslash and digits is another text, and taken")
    func spelledOut() async throws {
        try await withServer { server in
            try await server.openShop()
            let reply = try await server.charge(#"{\#(Self.start),"description":"a\\u0000b"}"#)
            #expect(reply.status == 202, "\(reply.text)")
        }
    }

    @Test(
        "is refused and changes nothing, whatever it asks for",
        arguments: [
            ("/v1/accounts", #"{"path":"wallet\u0000:EUR","type":"liability","currency":"EUR"}"#),
            ("/v1/merchants", #"{"code":"shop","display_name":"a\u0000b"}"#),
            ("/v1/api_keys", #"{"principal":"a\u0000b","role":"service"}"#),
            (
                "/v1/ledger_transactions",
                #"{"reason":"manual","external_id":"a\u0000b","postings":[]}"#
            ),
            ("/v1/ledger_transactions", #"{"description":"a\u0000b","postings":[]}"#),
        ])
    func others(path: String, body: String) async throws {
        try await withServer { server in
            try await server.openShop()
            let before = try server.eventCount()
            let reply = try await server.send(.POST, path, body: body, headers: [("idempotency-key", "zero")])
            #expect(reply.isProblem(.memberInvalid), "\(reply.text)")
            #expect(try server.eventCount() == before)
        }
    }

    @Test("in its address is refused or finds nothing")
    func addresses() async throws {
        try await withServer { server in
            try await server.openShop()
            for path in [
                "/v1/payments/%00", "/v1/payments/pay_0%00", "/v1/merchants/acme%00", "/v1/accounts/wallet%00:EUR",
                "/v1/webhooks/%00",
            ] {
                let reply = try await server.send(.GET, path)
                #expect((400..<500).contains(reply.status), "\(path): \(reply.text)")
            }
            for path in ["/v1/payments?reference=a%00b", "/v1/payments?a%00=b", "/v1/accounts?prefix=%00"] {
                let reply = try await server.send(.GET, path)
                #expect(reply.isProblem(.parameterInvalid), "\(path): \(reply.text)")
            }
        }
    }

    @Test("in a file is refused, and nothing is recorded of it")
    func files() async throws {
        try await withServer { server in
            try await server.openShop()
            let before = try server.eventCount()
            for text in ["record,line\0,type\r\n", "\0", "record,line,type\r\nheader,1,\0\r\n"] {
                let reply = try await server.send(
                    .POST, "/v1/statements?provider_account=sandbox", body: text,
                    headers: [("content-type", "text/csv")])
                #expect((400..<500).contains(reply.status), "\(reply.text)")
            }
            #expect(try server.eventCount() == before)
        }
    }
}
