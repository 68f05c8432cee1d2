import HTTPAPI
import JSON
import Ledger
import NIOHTTP1
import Storage
import SummaTestKit
import Testing

/// The body of a ledger transaction from cash to wallet, in euros.
private func body(_ amount: Int64, _ more: String = "") -> String {
    """
    {"postings":[{"account":"cash:EUR","side":"debit","amount":\(amount),"currency":"EUR"},\
    {"account":"wallet:EUR","side":"credit","amount":\(amount),"currency":"EUR"}]\(more)}
    """
}

@Suite("A caller's own ledger transactions over HTTP")
struct LedgerRequestTests {
    private static let path = "/v1/ledger_transactions"

    @Test("are posted once under their key, and shown as they were recorded")
    func posted() async throws {
        try await withServer { server in
            try await server.openWallets()
            let reply = try await server.ask(
                Self.path, body(700, #","external_id":"order-1","booking_date":"2026-03-30""#))
            #expect(reply.status == 201, "\(reply.text)")
            let id = try #require(reply["id"]?.string)
            #expect(reply.headers["location"] == ["\(Self.path)/\(id)"])
            #expect(reply["phase"]?.string == "posted" && reply["external_id"]?.string == "order-1")
            #expect(reply["booking_date"]?.string == "2026-03-30")
            let before = try server.eventCount()
            let again = try await server.ask(
                Self.path, body(700, #","external_id":"order-1","booking_date":"2026-03-30""#))
            #expect(again.status == 201 && again.body == reply.body)
            #expect(again.headers["idempotency-replayed"] == ["true"])
            #expect(try server.eventCount() == before)
            #expect(try await server.send(.GET, "/v1/accounts/wallet:EUR/balance")["posted"]?.integer == 700)
        }
    }

    @Test("under one key are one, whatever else they name; another body under it is refused")
    func keys() async throws {
        try await withServer { server in
            try await server.openWallets()
            #expect(try await server.ask(Self.path, body(700), key: "k1").status == 201)
            #expect(try await server.ask(Self.path, body(700), key: "k2").status == 201)
            #expect(try await server.ask(Self.path, body(701), key: "k1").isProblem(.idempotencyKeyReused))
            let other = try await server.ask(Self.path, body(700, #","external_id":"a""#), key: "k1")
            #expect(other.isProblem(.idempotencyKeyReused))
            #expect(try await server.send(.GET, "/v1/accounts/wallet:EUR/balance")["posted"]?.integer == 1_400)
        }
    }

    @Test("of one external id are one under any key; with other content they are refused")
    func externalIDs() async throws {
        try await withServer { server in
            try await server.openWallets()
            let first = try await server.ask(Self.path, body(700, #","external_id":"a""#), key: "k1")
            let second = try await server.ask(Self.path, body(700, #","external_id":"a""#), key: "k2")
            #expect(second.status == 201 && second.body == first.body)
            #expect(second.headers["idempotency-replayed"] == ["true"])
            let again = try await server.ask(Self.path, body(700, #","external_id":"a""#), key: "k2")
            #expect(again.status == 201 && again.body == first.body)
            #expect(try await server.ask(Self.path, body(700), key: "k2").isProblem(.idempotencyKeyReused))
            #expect(try await server.ask(Self.path, body(700), key: "k1").isProblem(.idempotencyKeyReused))
            let other = try await server.ask(Self.path, body(701, #","external_id":"a""#), key: "k3")
            #expect(other.isProblem(.externalIDReused), "\(other.text)")
        }
    }

    @Test("that are pending are posted, released and voided, each ending once under its key")
    func holds() async throws {
        try await withServer { server in
            try await server.openWallets()
            let hold = try await server.ask(Self.path, body(700, #","pending":true,"timeout_seconds":60"#), key: "h1")
            #expect(hold["phase"]?.string == "pending" && hold["expires_at"]?.string != nil, "\(hold.text)")
            let id = try #require(hold["id"]?.string)
            let part = try await server.ask("\(Self.path)/\(id)/post", #"{"amount":300}"#, key: "p1")
            #expect(part.status == 201 && part["phase"]?.string == "hold_posted", "\(part.text)")
            #expect(part["parent"]?.string == id)
            #expect(try await server.ask("\(Self.path)/\(id)/post", #"{"amount":300}"#, key: "p1").body == part.body)
            #expect(try await server.ask("\(Self.path)/\(id)/post", #"{"amount":300}"#, key: "p2").status == 201)
            let above = try await server.ask("\(Self.path)/\(id)/release", #"{"amount":101}"#, key: "r1")
            #expect(above.isProblem(.exceedsHold), "\(above.text)")
            // What was refused was not kept: the key is free for the request that is right.
            #expect(try await server.ask("\(Self.path)/\(id)/release", #"{"amount":50}"#, key: "r1").status == 201)
            #expect(try await server.ask("\(Self.path)/\(id)/void", key: "v1")["phase"]?.string == "hold_voided")
            #expect(try await server.ask("\(Self.path)/\(id)/void", key: "v2").isProblem(.holdEnded))
            #expect(try await server.ask("\(Self.path)/\(id)/post", key: "p3").isProblem(.holdEnded))
            #expect(try await server.ask("\(Self.path)/\(id)/void", key: "v1").status == 201)
            #expect(try await server.ask("\(Self.path)/\(id)", key: "p4").isProblem(.methodNotAllowed))
            let balance = try await server.send(.GET, "/v1/accounts/wallet:EUR/balance")
            #expect(balance["posted"]?.integer == 600 && balance["pending"]?.integer == 600)
        }
    }

    @Test("are reversed, in part and never above the original")
    func reversals() async throws {
        try await withServer { server in
            try await server.openWallets()
            let id = try #require(try await server.ask(Self.path, body(700))["id"]?.string)
            let part = try await server.ask("\(Self.path)/\(id)/reverse", #"{"amount":200}"#, key: "r1")
            #expect(part.status == 201 && part["phase"]?.string == "reversal", "\(part.text)")
            #expect(try await server.ask("\(Self.path)/\(id)/reverse", #"{"amount":200}"#, key: "r1").body == part.body)
            #expect(
                try await server.ask("\(Self.path)/\(id)/reverse", #"{"amount":501}"#, key: "r2")
                    .isProblem(.exceedsOriginal))
            let rest = try await server.ask("\(Self.path)/\(id)/reverse", key: "r3")
            #expect(rest["postings"]?.array?.first?["amount"]?.integer == 500)
            let reversal = try #require(part["id"]?.string)
            #expect(try await server.ask("\(Self.path)/\(reversal)/reverse", key: "r4").isProblem(.notReversible))
            #expect(try await server.send(.GET, "/v1/accounts/wallet:EUR/balance")["posted"]?.integer == 0)
        }
    }

    @Test(
        "that cannot be are refused by what is wrong, and nothing is written",
        arguments: [
            (body(0), ProblemCode.amountNotPositive, "postings[0].amount"),
            (body(-1), .amountNotPositive, "postings[0].amount"),
            (#"{"postings":[]}"#, .postingsTooFew, "postings"),
            (
                body(1).replacing("\"amount\":1,", with: "\"amount\":1.5,", maxReplacements: 1), .integerMalformed,
                "postings[0].amount"
            ),
            (
                body(1).replacing("\"amount\":1,", with: "\"amount\":2,", maxReplacements: 1), .transactionUnbalanced,
                "postings"
            ),
            (body(1).replacing("EUR\"},", with: "USD\"},"), .currencyMismatch, "postings[0].currency"),
            (body(1).replacing("cash:EUR", with: "nobody:EUR"), .accountUnknown, "account"),
            (body(1).replacing("debit", with: "left"), .memberInvalid, "postings[0].side"),
            (body(1, #","timeout_seconds":5"#), .memberInvalid, "timeout_seconds"),
            (body(1, #","pending":true,"timeout_seconds":0"#), .memberInvalid, "timeout_seconds"),
            (body(1, #","booking_date":"2026-02-30""#), .memberInvalid, "booking_date"),
            (body(1, #","external_id":"4111111111111111""#), .cardNumberRefused, "external_id"),
            (body(1, #","reason":"capture""#), .memberUnknown, "reason"),
        ] as [(String, ProblemCode, String?)])
    func refused(body: String, code: ProblemCode, param: String?) async throws {
        try await withServer { server in
            try await server.openWallets()
            let before = try server.eventCount()
            let reply = try await server.ask(Self.path, body)
            #expect(reply.isProblem(code), "\(reply.text)")
            #expect(reply.param == param)
            #expect(try server.eventCount() == before)
        }
    }

    @Test("keep off the accounts of the standard chart")
    func reserved() async throws {
        try await withServer { server in
            try await server.openWallets()
            try await server.openShop()
            #expect(try await server.charge().status == 202)
            let text = body(1).replacing("cash:EUR", with: "provider:sandbox:receivable:EUR")
            #expect(try await server.ask(Self.path, text).isProblem(.accountReserved))
        }
    }

    @Test("that are not there cannot be ended or undone")
    func unknown() async throws {
        try await withServer { server in
            for id in ["ltx_0000000000001", "x"] {
                for verb in ["post", "release", "void", "reverse"] {
                    let reply = try await server.ask("\(Self.path)/\(id)/\(verb)")
                    #expect(reply.isProblem(.ledgerTransactionNotFound), "\(reply.text)")
                }
            }
        }
    }
}

@Suite("A batch of ledger transactions over HTTP")
struct LedgerBatchTests {
    private static let path = "/v1/ledger_transactions/batch"

    private func batch(_ items: [String], atomic: Bool? = nil) -> String {
        let mode = atomic.map { "\"atomic\":\($0)," } ?? ""
        return "{\(mode)\"transactions\":[\(items.joined(separator: ","))]}"
    }

    private func results(_ reply: Reply) throws -> [JSONValue] {
        try #require(reply["results"]?.array, "\(reply.text)")
    }

    private func ids(_ reply: Reply) throws -> [String?] {
        try results(reply).map { $0["ledger_transaction"]?["id"]?.string }
    }

    @Test("gives each item its result in order: recorded, refused, or another's answer")
    func independent() async throws {
        try await withServer { server in
            try await server.openWallets()
            let reply = try await server.ask(
                Self.path,
                batch([
                    body(1, #","external_id":"a""#), body(2).replacing("cash", with: "nobody"), body(0),
                    body(1, #","external_id":"a""#), body(9, #","external_id":"a""#), body(4),
                ]))
            #expect(reply.status == 200, "\(reply.text)")
            let results = try results(reply)
            let ids = try ids(reply)
            #expect(ids[0] != nil && ids[3] == ids[0] && ids[5] != nil)
            #expect(
                results.map { $0["problem"]?["code"]?.string } == [
                    nil, "account_unknown", "amount_not_positive", nil, "external_id_reused", nil,
                ])
            #expect(results[2]["problem"]?["param"]?.string == "transactions[2].postings[0].amount")
            #expect(results[4]["problem"]?["status"]?.integer == 409)
            #expect(try await server.send(.GET, "/v1/accounts/wallet:EUR/balance")["posted"]?.integer == 5)
        }
    }

    @Test("that is atomic is refused whole for one item, which is named")
    func atomic() async throws {
        try await withServer { server in
            try await server.openWallets()
            let before = try server.eventCount()
            for (bad, code, param) in [
                (body(2).replacing("cash", with: "nobody"), ProblemCode.accountUnknown, "transactions[1].account"),
                (body(0), .amountNotPositive, "transactions[1].postings[0].amount"),
            ] {
                let reply = try await server.ask(Self.path, batch([body(1), bad], atomic: true))
                #expect(reply.isProblem(code), "\(reply.text)")
                #expect(reply.param == param)
            }
            #expect(try server.eventCount() == before)
            let reply = try await server.ask(Self.path, batch([body(1), body(2)], atomic: true))
            let recorded = try ids(reply)
            #expect(reply.status == 200 && recorded.allSatisfy { $0 != nil })
        }
    }

    @Test("that comes again is answered the same and posts nothing; another under its key is refused")
    func again() async throws {
        try await withServer { server in
            try await server.openWallets()
            let items = [body(1), body(2, #","external_id":"b""#)]
            let first = try await server.ask(Self.path, batch(items))
            let before = try server.eventCount()
            let again = try await server.ask(Self.path, batch(items))
            #expect(again.body == first.body && again.headers["idempotency-replayed"] == ["true"])
            for other in [batch(items, atomic: true), batch(items.reversed()), batch([body(1)])] {
                #expect(try await server.ask(Self.path, other).isProblem(.idempotencyKeyReused))
            }
            #expect(try server.eventCount() == before)
        }
    }

    @Test("that posts nothing new uses its key up all the same")
    func allKnown() async throws {
        try await withServer { server in
            try await server.openWallets()
            let items = [body(1, #","external_id":"a""#), body(2, #","external_id":"b""#)]
            #expect(try await server.ask(Self.path, batch(items), key: "k1").status == 200)
            let before = try server.eventCount()
            #expect(try await server.ask(Self.path, batch(items), key: "k2").status == 200)
            #expect(try await server.ask(Self.path, batch([body(3)]), key: "k2").isProblem(.idempotencyKeyReused))
            #expect(try server.eventCount() == before)
        }
    }

    @Test("may have ten thousand items, and not one more")
    func size() async throws {
        try await withServer { server in
            try await server.openWallets()
            let items = (1...10_000).map { _ in body(1) }
            let reply = try await server.ask(Self.path, batch(items, atomic: true))
            #expect(reply.status == 200, "\(reply.text.prefix(300))")
            #expect(try results(reply).count == 10_000)
            #expect(try await server.send(.GET, "/v1/accounts/wallet:EUR/balance")["posted"]?.integer == 10_000)
            let more = try await server.ask(Self.path, batch(items + [body(1)]), key: "k2")
            #expect(more.isProblem(.memberTooMany) && more.param == "transactions")
        }
    }
}
