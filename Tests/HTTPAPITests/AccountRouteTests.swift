import EventLog
import HTTPAPI
import JSON
import Ledger
import NIOHTTP1
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("Accounts over HTTP")
struct AccountRouteTests {
    @Test("are opened, found by id and by path, and opened again without a second one")
    func open() async throws {
        try await withServer { server in
            let body = #"{"path":"wallet:42:EUR","type":"liability","owner_id":"Customer:42","floor":"0"}"#
            let opened = try await server.send(.POST, "/v1/accounts", as: .service, body: body)
            #expect(opened.status == 201, "\(opened.text)")
            let id = try #require(opened["id"]?.string)
            #expect(opened.headers["location"] == ["/v1/accounts/\(id)"])
            #expect(opened["currency"]?.string == "EUR")
            #expect(opened["floor"]?.integer == 0)
            for name in [id, "wallet:42:EUR", "wallet%3A42%3AEUR"] {
                #expect(try await server.send(.GET, "/v1/accounts/\(name)", as: .auditor).text == opened.text)
            }
            #expect(try await server.send(.POST, "/v1/accounts", body: body).text == opened.text)
            #expect(try await server.send(.GET, "/v1/accounts")["items"]?.array == [opened.json])
            #expect(try await server.send(.GET, "/v1/accounts?owner_id=Customer:42")["items"]?.array?.count == 1)
            #expect(try await server.send(.GET, "/v1/accounts?owner_id=other")["items"]?.array?.count == 0)
        }
    }

    @Test(
        "are refused with what is wrong named",
        arguments: [
            (#"{"path":"wallet:42:EUR","type":"asset"}"#, ProblemCode.accountPathTaken, "path"),
            (#"{"path":"merchant:42:payable:EUR","type":"liability"}"#, .accountReserved, "path"),
            (#"{"path":"wallet:EUR","type":"liability","currency":"USD"}"#, .currencyMismatch, "currency"),
            (#"{"path":"wallet:XYZ","type":"liability"}"#, .currencyUnknown, "path"),
            (#"{"path":"wallet:EUR","type":"liability","currency":"DEM"}"#, .currencyWithdrawn, "currency"),
            (#"{"path":"Wallet:EUR","type":"liability"}"#, .memberInvalid, "path"),
            (#"{"path":"wallet:EUR","type":"wealth"}"#, .memberInvalid, "type"),
            (#"{"path":"wallet:EUR","type":"liability","floor":1,"ceiling":0}"#, .accountLimitsCrossed, "floor"),
            (#"{"path":"wallet:EUR","type":"liability","floor":0.5}"#, .integerMalformed, "floor"),
            (#"{"path":"wallet:4111111111111111:EUR","type":"liability"}"#, .cardNumberRefused, "path"),
        ])
    func refusals(body: String, code: ProblemCode, param: String) async throws {
        try await withServer { server in
            _ = try await server.send(.POST, "/v1/accounts", body: #"{"path":"wallet:42:EUR","type":"liability"}"#)
            let reply = try await server.send(.POST, "/v1/accounts", body: body)
            #expect(reply.isProblem(code), "\(reply.text)")
            #expect(reply.param == param)
            #expect(try await server.send(.GET, "/v1/accounts")["items"]?.array?.count == 1)
        }
    }

    @Test("nobody opened are not found, and a card number is no name of one")
    func unknown() async throws {
        try await withServer { server in
            for path in ["acc_0000000000000", "wallet:EUR", "x", "%20", "wallet:EUR/balance", "wallet:EUR/postings"] {
                let reply = try await server.send(.GET, "/v1/accounts/\(path)")
                #expect(reply.isProblem(.accountNotFound), "\(path)")
            }
            let card = try await server.send(.GET, "/v1/accounts/4111111111111111")
            #expect(card.isProblem(.cardNumberRefused))
        }
    }

    @Test("say their three balances, and which posting made them")
    func balances() async throws {
        try await withServer { server in
            try await server.openWallets()
            try await server.post(700, from: "cash:EUR", to: "wallet:EUR")
            try await server.post(100, from: "wallet:EUR", to: "cash:EUR", phase: .pending(.timed(seconds: 60)))
            let balance = try await server.send(.GET, "/v1/accounts/wallet:EUR/balance")
            #expect(balance["posted"]?.integer == 700)
            #expect(balance["pending"]?.integer == 600)
            #expect(balance["available"]?.integer == 600)
            #expect(balance["counters"]?["debits_pending"]?.integer == 100)
            let postings = try await server.send(.GET, "/v1/accounts/wallet:EUR/postings")
            #expect(postings["items"]?.array?.map { $0["amount"]?.integer } == [700])
            #expect(postings["items"]?.array?.first?["side"]?.string == "credit")
            #expect(postings["as_of"]?.integer == balance["as_of"]?.integer)
        }
    }

    @Test("page their postings, the latest first, each once")
    func pages() async throws {
        try await withServer { server in
            try await server.openWallets()
            for amount in 1...7 { try await server.post(Int64(amount), from: "cash:EUR", to: "wallet:EUR") }
            var amounts: [Int64] = []
            var path = "/v1/accounts/wallet:EUR/postings?limit=3"
            while true {
                let page = try await server.send(.GET, path)
                amounts += page["items"]?.array?.compactMap { $0["amount"]?.integer } ?? []
                guard let cursor = page["next_cursor"]?.string, amounts.count < 20 else { break }
                path = "/v1/accounts/wallet:EUR/postings?limit=3&cursor=\(cursor)"
            }
            #expect(amounts == [7, 6, 5, 4, 3, 2, 1])
        }
    }

    @Test("sum to a trial balance that says it is right")
    func trialBalance() async throws {
        try await withServer { server in
            try await server.openWallets()
            try await server.post(700, from: "cash:EUR", to: "wallet:EUR")
            let report = try await server.send(.GET, "/v1/trial_balance", as: .auditor)
            #expect(report["ok"]?.bool == true)
            let total = report["currencies"]?.array?.first
            #expect(total?["debits"]?.integer == 700)
            #expect(total?["credits"]?.integer == 700)
            #expect(report["accounts"]?.array?.map { $0["path"]?.string } == ["cash:EUR", "wallet:EUR"])
        }
    }

    @Test("of another tenant are not there")
    func tenants() async throws {
        try await withServer { server in
            try await server.openWallets()
            let other = try await server.makeKey("other", .auditor, in: .second)
            let headers = [("authorization", "Bearer \(other)")]
            let reply = try await server.send(.GET, "/v1/accounts/wallet:EUR", as: nil, headers: headers)
            #expect(reply.isProblem(.accountNotFound))
            #expect(try await server.send(.GET, "/v1/accounts", as: nil, headers: headers)["items"]?.array == [])
        }
    }
}
