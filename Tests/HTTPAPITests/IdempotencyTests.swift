import HTTPAPI
import JSON
import Ledger
import Money
import NIOHTTP1
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("One key over HTTP")
struct IdempotencyTests {
    @Test("of a hundred requests at once is one payment and a hundred equal answers")
    func concurrent() async throws {
        try await withServer { server in
            try await server.openShop()
            let before = try server.eventCount()
            let replies = try await withThrowingTaskGroup(of: Reply.self) { group in
                for _ in 1...100 { group.addTask { try await server.charge() } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(replies.count == 100)
            #expect(replies.allSatisfy { $0.status == 202 })
            #expect(Set(replies.map(\.body)).count == 1)
            #expect(replies.filter { $0.headers["idempotency-replayed"] == ["true"] }.count == 99)
            #expect(try server.paymentCount() == 1)
            #expect(try server.eventCount() == before + 1)
        }
    }

    @Test("gives the first answer again whatever has happened to the payment since")
    func afterwards() async throws {
        try await withServer { server in
            try await server.openShop()
            let first = try await server.charge()
            let id = try #require(PaymentID(text: first["id"]?.string ?? ""))
            try await server.hear(.authorized(Amount(minorUnits: 1_000, currency: .eur)), of: id, id.rawValue)
            let again = try await server.charge()
            #expect(again.status == 202 && again.body == first.body)
            #expect(again.headers["location"] == first.headers["location"])
            #expect(try await server.send(.GET, "/v1/payments/\(id)")["status"]?.string == "authorized")
        }
    }

    @Test(
        "of a charge the provider declined asks the provider once: the answer is the charge's, the decline the payment's"
    )
    func declined() async throws {
        try await withServer { server in
            try await server.openShop()
            let first = try await server.charge()
            let id = try #require(PaymentID(text: first["id"]?.string ?? ""))
            try await server.hear(.declined(ProviderFailure(.doNotHonor, rawCode: "05")), of: id, id.rawValue)
            #expect(try await server.charge().body == first.body)
            let waiting = [("prefer", "wait=5")]
            let outcome = try await server.charge(headers: waiting)
            #expect(outcome.status == 200 && outcome["failure"]?["code"]?.string == "do_not_honor")
            #expect(try await server.charge(headers: waiting).body == outcome.body)
            let story = try await server.send(.GET, "/v1/payments/\(id)/timeline")
            let attempts = story["items"]?.array?.filter { $0["kind"]?.string == "attempt" }
            #expect(attempts?.count == 1, "\(story.text)")
        }
    }

    @Test("is the same for bodies that mean the same, and the same quoted and bare")
    func spellings() async throws {
        try await withServer { server in
            try await server.openShop()
            let first = try await server.charge(key: "k1")
            let body = """
                { "reference": "order-1", "payment_method": "tok_approve", "description": null,
                  "currency": "EUR", "amount": "1000", "capture": "automatic" }
                """
            #expect(try await server.charge(body, key: "\"k1\"").body == first.body)
            #expect(try server.paymentCount() == 1)
        }
    }

    @Test(
        "with another body is refused, and nothing of it is stored",
        arguments: [
            #"{"amount":1001,"currency":"EUR","payment_method":"tok_approve","reference":"order-1"}"#,
            #"{"amount":1000,"currency":"USD","payment_method":"tok_approve","reference":"order-1"}"#,
            #"{"amount":1000,"currency":"EUR","payment_method":"tok_approve","reference":"order-2"}"#,
            #"{"amount":1000,"currency":"EUR","payment_method":"tok_approve"}"#,
            #"{"amount":1000,"currency":"EUR","payment_method":"tok_approve","reference":"order-1","capture":"manual"}"#,
            #"{"amount":1000,"currency":"EUR","payment_method":"tok_approve","reference":"order-1","merchant":"nobody"}"#,
        ])
    func reused(body: String) async throws {
        try await withServer { server in
            try await server.openShop()
            let first = try await server.charge()
            let before = try server.eventCount()
            let other = try await server.charge(body)
            #expect(other.isProblem(.idempotencyKeyReused), "\(other.text)")
            #expect(other.param == "Idempotency-Key")
            #expect(try server.paymentCount() == 1 && server.eventCount() == before)
            #expect(try await server.charge().body == first.body)
        }
    }

    @Test(
        "is needed, and is one",
        arguments: [
            ([], ProblemCode.idempotencyKeyMissing), ([""], .idempotencyKeyMissing), (["\"\""], .idempotencyKeyMissing),
            (["a", "a"], .idempotencyKeyMalformed), (["a b"], .idempotencyKeyMalformed),
            (["\"a"], .idempotencyKeyMalformed), ([String(repeating: "k", count: 256)], .idempotencyKeyMalformed),
            (["4111111111111111"], .cardNumberRefused),
        ] as [([String], ProblemCode)])
    func missing(keys: [String], code: ProblemCode) async throws {
        try await withServer { server in
            try await server.openShop()
            for path in [
                "/v1/charges", "/v1/payments/pay_0000000000001/capture", "/v1/payments/pay_0000000000001/void",
                "/v1/payments/pay_0000000000001/refunds", "/v1/ledger_transactions", "/v1/ledger_transactions/batch",
                "/v1/ledger_transactions/ltx_0000000000001/post", "/v1/ledger_transactions/ltx_0000000000001/release",
                "/v1/ledger_transactions/ltx_0000000000001/void", "/v1/ledger_transactions/ltx_0000000000001/reverse",
            ] {
                let reply = try await server.ask(
                    path, RunningServer.charge, key: nil, headers: keys.map { ("idempotency-key", $0) })
                #expect(reply.isProblem(code), "\(path): \(reply.text)")
                #expect(reply.param == "Idempotency-Key")
            }
            #expect(try server.paymentCount() == 0)
        }
    }

    @Test("may have 255 characters")
    func longest() async throws {
        try await withServer { server in
            try await server.openShop()
            #expect(try await server.charge(key: String(repeating: "k", count: 255)).status == 202)
        }
    }

    @Test("belongs to its book: another's request under it is another payment")
    func books() async throws {
        try await withServer { server in
            try await server.openShop()
            try await server.openShop(in: .second)
            let other = ("authorization", "Bearer \(try await server.makeKey("other", .service, in: .second))")
            let first = try await server.charge()
            let id = try #require(first["id"]?.string)
            #expect(try await server.send(.GET, "/v1/payments/\(id)", headers: [other]).isProblem(.paymentNotFound))
            let second = try await server.charge(headers: [other])
            #expect(second.status == 202 && second.headers["idempotency-replayed"] == [])
            #expect(try server.paymentCount() == 1 && server.paymentCount(in: .second) == 1)
        }
    }

    @Test("belongs to its route: a refund under the key of a capture is another thing")
    func routes() async throws {
        try await withServer { server in
            try await server.openShop()
            let payment = try await server.captured(key: "k1")
            let refund = try await server.ask("/v1/payments/\(payment)/refunds", key: "k1-capture")
            #expect(refund.status == 202, "\(refund.text)")
            let other = try await server.authorized(key: "k2")
            let capture = try await server.ask("/v1/payments/\(other)/capture", key: "k1-capture")
            #expect(capture.isProblem(.idempotencyKeyReused), "\(capture.text)")
        }
    }

    @Test("lives thirty days by the server's clock, and is as good as unused after them")
    func expiry() async throws {
        try await withServer { server in
            try await server.openShop()
            let first = try await server.charge()
            server.clock.advance(by: Instant.Span(microseconds: IdempotencyRow.lifetime.microseconds - 1_000_000))
            #expect(try await server.charge().body == first.body)
            #expect(try server.paymentCount() == 1)
            server.clock.advance(by: .seconds(2))
            let second = try await server.charge()
            #expect(second.status == 202 && second.headers["idempotency-replayed"] == [])
            #expect(second["id"] != first["id"])
            #expect(try server.paymentCount() == 2)
        }
    }

    @Test("of what a rule refused gives the same refusal, even when the rule would let it through now")
    func refusals() async throws {
        try await withServer { server in
            try await server.openShop()
            let payment = try await server.authorized()
            let path = "/v1/payments/\(payment)/refunds"
            let refused = try await server.ask(path, key: "r1")
            #expect(refused.isProblem(.nothingCaptured), "\(refused.text)")
            let capture = try await server.ask("/v1/payments/\(payment)/capture", key: "c1")
            let id = try #require(PaymentOperationID(text: capture["id"]?.string ?? ""))
            try await server.hear(
                .captured(Amount(minorUnits: 1_000, currency: .eur), fee: nil), of: payment, id.rawValue,
                movement: "cap")
            let again = try await server.ask(path, key: "r1")
            #expect(again.status == refused.status && again.body == refused.body)
            #expect(again.headers["idempotency-replayed"] == ["true"])
            #expect(try await server.ask(path, key: "r2").status == 202)
        }
    }

    @Test(
        "holds in each of the published scenarios",
        .enabled(if: SharedVectors.present, "the shared test vectors are not here"))
    func scenarios() throws {
        struct Scenario: Decodable { let name: String }
        // Each is a test of this suite; a scenario that comes anew has to get one.
        #expect(
            try SharedVectors.json("idempotency/scenarios.json", as: [Scenario].self).map(\.name) == [
                "replay", "other body", "missing key", "in progress", "scope", "declined answer is an answer",
                "validation failure", "quoted and bare",
            ])
    }
}
