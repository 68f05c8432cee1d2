import EventLog
import HTTPAPI
import JSON
import Ledger
import NIOHTTP1
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("Ledger transactions over HTTP")
struct LedgerTransactionRouteTests {
    @Test("show their legs, and what has become of them")
    func shows() async throws {
        try await withServer { server in
            try await server.openWallets()
            let id = try await server.post(700, from: "cash:EUR", to: "wallet:EUR")
            let posted = try await server.send(.GET, "/v1/ledger_transactions/\(id)", as: .auditor)
            #expect(posted["state"]?.string == "posted" && posted["phase"]?.string == "posted")
            let legs = try #require(posted["postings"]?.array)
            #expect(legs.map { $0["path"]?.string } == ["cash:EUR", "wallet:EUR"])
            #expect(legs.map { $0["side"]?.string } == ["debit", "credit"])
            #expect(legs.map { $0["amount"]?.integer } == [700, 700])

            _ = try await ReverseLedgerTransaction(database: server.services.database).run(
                .init(
                    book: RunningServer.book, transaction: id, minorUnits: 200,
                    context: EventContext(actor: "system:test")))
            let reversed = try await server.send(.GET, "/v1/ledger_transactions/\(id)")
            #expect(reversed["state"]?.string == "partly_reversed")
            #expect(reversed["reversed"]?.integer == 200)
            #expect(reversed["children"]?.array?.map { $0["phase"]?.string } == ["reversal"])
            #expect(reversed["postings"] == posted["postings"])
        }
    }

    @Test("that are holds say what is left of them")
    func holds() async throws {
        try await withServer { server in
            try await server.openWallets()
            let id = try await server.post(
                700, from: "cash:EUR", to: "wallet:EUR", phase: .pending(.timed(seconds: 60)))
            _ = try await EndHold(database: server.services.database).run(
                .init(
                    book: RunningServer.book, hold: id, ending: .post(minorUnits: 300),
                    context: EventContext(actor: "system:test")))
            let reply = try await server.send(.GET, "/v1/ledger_transactions/\(id)")
            #expect(reply["state"]?.string == "pending")
            #expect(reply["remaining"]?.integer == 400)
            #expect(reply["expires_at"]?.string != nil)
            #expect(reply["children"]?.array?.map { $0["phase"]?.string } == ["hold_posted"])
        }
    }

    @Test(
        "that nobody recorded are not found",
        arguments: [
            ("/ltx_0000000000000", ProblemCode.ledgerTransactionNotFound), ("/x", .ledgerTransactionNotFound),
            ("?external_id=order-1", .ledgerTransactionNotFound), ("", .parameterMissing),
            ("?external_id=%C3%BC", .parameterInvalid), ("?external_id=a&limit=1", .parameterUnknown),
        ])
    func unknown(path: String, code: ProblemCode) async throws {
        try await withServer { server in
            let reply = try await server.send(.GET, "/v1/ledger_transactions\(path)")
            #expect(reply.isProblem(code), "\(reply.text)")
        }
    }
}
