import EventLog
import HTTPAPI
import JSON
import Ledger
import Money
import NIOCore
import NIOHTTP1
import Payments
import Reconciliation
import Storage
import SummaTestKit
import Testing

@Suite("Files and breaks over HTTP")
struct ReconciliationRouteTests {
    /// A bank's file of one transfer of ten euros that no remittance announced.
    private static let bankFile = """
        record,booking_date,value_date,amount,currency,remittance,bank_reference\r
        header,2026-04-01,,,,,bnk_1\r
        opening,2026-04-01,,0.00,EUR,,\r
        line,2026-04-01,2026-04-01,10.00,EUR,,bnk_1_0\r
        closing,2026-04-01,,10.00,EUR,,\r
        trailer,,,1,,,\r

        """

    @Test("a file is one import however often it comes, and tells of the breaks it opened")
    func imports() async throws {
        try await withServer { server in
            try await server.openReconciledShop()
            let first = try await server.handIn(Self.bankFile)
            #expect(first.status == 201, "\(first.text)")
            #expect(first["format"]?.string == "sandbox_bank" && first["lines"]?.integer == 1)
            #expect(first["breaks"]?.integer == 1 && first["already_imported"]?.bool == false)
            let before = try server.eventCount()
            let again = try await server.handIn(Self.bankFile, "&format=sandbox_bank")
            #expect(again.status == 200 && again["already_imported"]?.bool == true)
            #expect(again["id"] == first["id"])
            #expect(try server.eventCount() == before)
            #expect(try await server.handIn(Self.bankFile, "&format=sandbox_settlement").isProblem(.statementRefused))
        }
    }

    @Test(
        "a file that is not whole is refused, its line named and nothing recorded",
        arguments: [
            ("", ProblemCode.statementRefused, nil), ("hello", .statementRefused, nil),
            (
                bankFile.replacing("closing,2026-04-01,,10.00", with: "closing,2026-04-01,,11.00"), .statementRefused,
                "line"
            ),
            (bankFile.replacing("trailer,,,1,,,\r\n", with: ""), .statementRefused, "ends before"),
        ] as [(String, ProblemCode, String?)])
    func refused(file: String, code: ProblemCode, detail: String?) async throws {
        try await withServer { server in
            try await server.openReconciledShop()
            let before = try server.eventCount()
            let reply = try await server.handIn(file)
            #expect(reply.isProblem(code), "\(reply.text)")
            if let detail { #expect(reply["detail"]?.string?.contains(detail) == true, "\(reply.text)") }
            #expect(try server.eventCount() == before)
        }
    }

    @Test("a file of a provider account nobody knows is refused, and so is one from somebody who may not hand it in")
    func notOurs() async throws {
        try await withServer { server in
            try await server.openReconciledShop()
            let unknown = try await server.send(
                .POST, "/v1/statements?provider_account=nobody", body: Self.bankFile,
                headers: [("content-type", "text/csv")])
            #expect(unknown.isProblem(.providerAccountUnknown), "\(unknown.text)")
            let service = try await server.send(
                .POST, "/v1/statements?provider_account=sandbox", as: .service, body: Self.bankFile,
                headers: [("content-type", "text/csv")])
            #expect(service.isProblem(.permissionDenied))
            #expect(try await server.send(.POST, "/v1/statements", body: "x").isProblem(.parameterMissing))
        }
    }

    @Test("recovering asks about what is forgotten, for whoever may hand in files; where nothing is, nothing is done")
    func recovers() async throws {
        try await withServer { server in
            try await server.openReconciledShop()
            let before = try server.eventCount()
            let body = #"{"provider_account":"sandbox"}"#
            let recovery = try await server.send(.POST, "/v1/recoveries", body: body)
            #expect(recovery.status == 200, "\(recovery.text)")
            for outcome in RecoveryOutcome.allCases { #expect(recovery[outcome.rawValue]?.integer == 0) }
            #expect(recovery["unexplained_lines"]?.integer == 0 && recovery["next_cursor"] == .null)
            #expect(try server.eventCount() == before)

            let service = try await server.send(.POST, "/v1/recoveries", as: .service, body: body)
            #expect(service.isProblem(.permissionDenied))
            let unknown = try await server.send(.POST, "/v1/recoveries", body: #"{"provider_account":"nobody"}"#)
            #expect(unknown.isProblem(.providerAccountUnknown), "\(unknown.text)")
            let malformed = try await server.send(
                .POST, "/v1/recoveries", body: #"{"provider_account":"sandbox","payments":["a b"]}"#)
            #expect(malformed.isProblem(.memberInvalid), "\(malformed.text)")
            // `nowhere:`, and a position of lines beside payments that are named.
            for members in [#""cursor":"bm93aGVyZTo""#, #""cursor":"bGluZTo","payments":["auth_1"]"#] {
                let body = #"{"provider_account":"sandbox",\#(members)}"#
                let refused = try await server.send(.POST, "/v1/recoveries", body: body)
                #expect(refused.isProblem(.memberInvalid) && refused["param"]?.string == "cursor", "\(refused.text)")
            }
            let last = try await server.send(
                .POST, "/v1/recoveries", body: #"{"provider_account":"sandbox","cursor":"bGluZTo"}"#)
            #expect(last.status == 200 && last["unexplained_lines"]?.integer == 0, "\(last.text)")
        }
    }

    @Test("a break waits for two people: one proposes, another approves, and only then is it posted")
    func adjusts() async throws {
        try await withServer { server in
            try await server.openReconciledShop()
            _ = try await server.handIn(Self.bankFile)
            let list = try await server.send(.GET, "/v1/breaks?state=open", as: .auditor)
            let broken = try #require(list["items"]?.array?.first, "\(list.text)")
            let id = try #require(broken["id"]?.string)
            #expect(broken["class"]?.string == "missing_here" && broken["amount"]?.integer == 1_000)
            #expect(broken["proposable"]?.array?.map(\.string) == ["identified"])
            #expect(broken["next_action"]?.string == "clear_suspense" && broken["age_days"]?.integer != nil)
            let single = try await server.send(.GET, "/v1/breaks/\(id)")
            #expect(single["id"] == broken["id"] && single["found"]?["amount"]?.integer == 1_000)

            let accepted = try await server.send(.POST, "/v1/breaks/\(id)/accept")
            #expect(accepted.isProblem(.adjustmentNotAllowed), "\(accepted.text)")

            let body = #"{"kind":"identified","amount":"1000","target":"merchant:acme:payable:EUR"}"#
            let path = "/v1/breaks/\(id)/adjustment"
            #expect(try await server.send(.POST, path, as: .service, body: body).isProblem(.permissionDenied))
            let proposed = try await server.send(.POST, path, body: body)
            #expect(proposed.status == 201 && proposed["state"]?.string == "proposed", "\(proposed.text)")
            #expect(try await server.send(.POST, path, body: body).text == proposed.text)
            #expect(try await server.posted("merchant:acme:payable:EUR") == nil)

            let adjustment = try #require(proposed["id"]?.string)
            let approve = "/v1/adjustments/\(adjustment)/approve"
            #expect(try await server.send(.POST, approve).isProblem(.permissionDenied))
            let approved = try await server.send(.POST, approve, as: .approver)
            #expect(approved.status == 200 && approved["state"]?.string == "posted", "\(approved.text)")
            #expect(try await server.send(.POST, approve, as: .approver).text == approved.text)
            #expect(try await server.posted("merchant:acme:payable:EUR") == 1_000)
            let reject = try await server.send(.POST, "/v1/adjustments/\(adjustment)/reject", as: .approver)
            #expect(reject.isProblem(.adjustmentDecided))
            #expect(try await server.send(.GET, "/v1/breaks?state=open")["items"]?.array == [])
            #expect(try await server.send(.GET, "/v1/breaks/\(id)")["resolution"]?.string == "adjusted")
        }
    }

    @Test(
        "what a break does not allow is refused, and nothing is proposed",
        arguments: [
            (#"{"kind":"write_off"}"#, ProblemCode.adjustmentNotAllowed, "kind"),
            (#"{"kind":"gift"}"#, .memberInvalid, "kind"),
            (#"{"kind":"unclaimed"}"#, .adjustmentTooEarly, nil),
            (#"{"kind":"identified"}"#, .memberMissing, "target"),
            (#"{"kind":"identified","target":"merchant:acme:payable:USD"}"#, .adjustmentTargetUnfit, "target"),
            (#"{"kind":"identified","target":"bank:main:cash:EUR"}"#, .adjustmentTargetUnfit, "target"),
            (#"{"kind":"identified","amount":1001,"target":"merchant:acme:payable:EUR"}"#, .exceedsBreak, "amount"),
            (#"{"kind":"identified","amount":-1,"target":"merchant:acme:payable:EUR"}"#, .exceedsBreak, "amount"),
            (#"{"kind":"identified","amount":0,"target":"merchant:acme:payable:EUR"}"#, .exceedsBreak, "amount"),
            (#"{"kind":"identified","amount":0.5,"target":"merchant:acme:payable:EUR"}"#, .integerMalformed, "amount"),
            (#"{"kind":"identified","note":"x"}"#, .memberUnknown, "note"),
        ] as [(String, ProblemCode, String?)])
    func notAllowed(body: String, code: ProblemCode, param: String?) async throws {
        try await withServer { server in
            try await server.openReconciledShop()
            _ = try await server.handIn(Self.bankFile)
            let list = try await server.send(.GET, "/v1/breaks")
            let id = try #require(list["items"]?.array?.first?["id"]?.string)
            let before = try server.eventCount()
            let reply = try await server.send(.POST, "/v1/breaks/\(id)/adjustment", body: body)
            #expect(reply.isProblem(code), "\(reply.text)")
            #expect(reply.param == param)
            #expect(try server.eventCount() == before)
        }
    }

    @Test("what is not there is not found")
    func unknown() async throws {
        try await withServer { server in
            for id in ["brk_0000000000001", "x"] {
                #expect(try await server.send(.GET, "/v1/breaks/\(id)").isProblem(.breakNotFound))
                let reply = try await server.send(.POST, "/v1/breaks/\(id)/adjustment", body: #"{"kind":"rounding"}"#)
                #expect(reply.isProblem(.breakNotFound))
                #expect(try await server.send(.POST, "/v1/breaks/\(id)/accept").isProblem(.breakNotFound))
            }
            for id in ["adj_0000000000001", "x"] {
                let reply = try await server.send(.POST, "/v1/adjustments/\(id)/approve", as: .approver)
                #expect(reply.isProblem(.adjustmentNotFound), "\(reply.text)")
            }
            for query in ["state=x", "class=x", "statement=x"] {
                #expect(try await server.send(.GET, "/v1/breaks?\(query)").isProblem(.parameterInvalid))
            }
        }
    }
}

extension RunningServer {
    /// A shop with whose provider it is agreed how it settles.
    fileprivate func openReconciledShop() async throws {
        try await openShop()
        let (sandbox, bank) = (try #require(PathSegment("sandbox")), try #require(PathSegment("main")))
        try await SetSettlementTerms(database: services.database).run(
            .init(
                book: Self.book, terms: SettlementTerms(providerAccount: sandbox, bank: bank, fees: nil),
                context: EventContext(actor: "system:test")))
    }

    fileprivate func handIn(_ file: String, _ query: String = "") async throws -> Reply {
        try await send(
            .POST, "/v1/statements?provider_account=sandbox\(query)", body: file,
            headers: [("content-type", "text/csv")])
    }

    /// What is posted on an account; nil where there is none.
    fileprivate func posted(_ path: String) async throws -> Int64? {
        try await send(.GET, "/v1/accounts/\(path)/balance")["posted"]?.integer
    }
}
