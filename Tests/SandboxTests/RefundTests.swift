import JSON
import Testing

@Suite("Refunding at the sandbox")
struct RefundTests {
    @Test("refunds in parts, to the last minor unit and not one more")
    func refundsInParts() async throws {
        try await withSandbox { sandbox in
            let caller = sandbox.caller
            let id = try await caller.charge(1_000)
            #expect(try await caller.refund(id, #"{"amount":999}"#)["status"]?.string == "succeeded")
            #expect(try await caller.refund(id, #"{"amount":2}"#).errorCode == "amount_exceeds_refundable")
            #expect(try await caller.refund(id)["amount"]?.integer == 1)
            #expect(try await caller.refund(id).errorCode == "not_refundable")
            #expect(try await caller.get("/v1/authorizations/\(id)")["amount_refunded"]?.integer == 1_000)
        }
    }

    @Test("refuses to refund what was not captured")
    func refusesUncaptured() async throws {
        try await withSandbox { sandbox in
            let id = try #require(try await sandbox.caller.authorize()["id"]?.string)
            #expect(try await sandbox.caller.refund(id).errorCode == "not_refundable")
        }
    }

    @Test(
        "follows the payment's token, and gives the ceiling back when it fails",
        arguments: [
            ("pm_refund_declined", 201, "declined", "ref_14", []),
            ("pm_refund_fails_before", 202, "failed", "ref_closed_account", []),
            ("pm_refund_fails_after", 201, "failed", "ref_returned", ["refunded", "refund_returned"]),
            ("pm_refund_timeout_failure", 504, "failed", "gateway_timeout", []),
            ("pm_refund_timeout_success", 504, "succeeded", nil, ["refunded"]),
        ] as [(String, UInt, String, String?, [String])])
    func followsTheToken(token: String, status: UInt, outcome: String, code: String?, effects: [String]) async throws {
        try await withSandbox { sandbox in
            let caller = sandbox.caller
            let id = try await caller.charge(1_000, with: token)
            let answer = try await caller.refund(id, #"{"amount":700,"reference":"cmd_rfd"}"#)
            #expect(answer.status == status)
            try await caller.untilQuiet()
            let found = try await caller.list("/v1/operations?reference=cmd_rfd")
            #expect(found.map { $0["status"]?.string } == [outcome])
            #expect(found.first?["decline"]?["code"]?.string == code)
            #expect(try await caller.effects() == ["authorized", "captured"] + effects)
            let refunded = try await caller.get("/v1/authorizations/\(id)")["amount_refunded"]?.integer
            #expect(refunded == (outcome == "succeeded" ? 700 : 0))
        }
    }

    @Test("a storm of refunds fails as often as the account says, never above the ceiling, each effect once")
    func storm() async throws {
        try await withSandbox {
            $0.seed = 7
        } _: { sandbox in
            let caller = sandbox.caller
            _ = try await caller.put(
                "/v1/account", #"{"refund_fails_before_percent":30,"refund_fails_after_percent":10}"#)
            let id = try await caller.charge(100_000)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        _ = try await caller.refund(
                            id, #"{"amount":100,"reference":"r\#(number)"}"#, key: "storm-\(number)")
                    }
                }
                try await group.waitForAll()
            }
            try await caller.untilQuiet()
            let effects = try await caller.effects()
            let returned = effects.filter { $0 == "refund_returned" }.count
            let refunded = effects.filter { $0 == "refunded" }.count
            #expect((5...40).contains(returned))
            #expect((110...170).contains(refunded))
            let payment = try await caller.get("/v1/authorizations/\(id)")
            #expect(payment["amount_refunded"]?.integer == Int64(refunded - returned) * 100)
            // The same keys meet the same fate: nothing more happens.
            for number in 0..<200 {
                _ = try await caller.refund(id, #"{"amount":100,"reference":"r\#(number)"}"#, key: "storm-\(number)")
            }
            #expect(try await caller.effects().count == effects.count)
        }
    }

    @Test(
        "a chargeback takes what is captured and not refunded, and comes back only if it is won",
        arguments: [
            ("pm_chargeback_open", 700, ["charged_back"]),
            ("pm_chargeback_won", 0, ["charged_back", "chargeback_reversed"]),
            ("pm_chargeback_lost", 700, ["charged_back"]),
        ] as [(String, Int64, [String])])
    func chargeback(token: String, disputed: Int64, effects: [String]) async throws {
        try await withSandbox {
            $0.timings.dispute = .minutes(1)
        } _: { sandbox in
            let caller = sandbox.caller
            let id = try await caller.charge(1_000, with: token)
            #expect(try await caller.refund(id, #"{"amount":300}"#).status == 201)
            sandbox.clock.move(by: .minutes(1))
            try await caller.untilQuiet()
            let payment = try await caller.get("/v1/authorizations/\(id)")
            #expect(payment["amount_disputed"]?.integer == disputed)
            #expect(try await caller.effects() == ["authorized", "captured", "refunded"] + effects)
            let refund = try await caller.refund(id)
            #expect(refund.errorCode == (disputed == 0 ? nil : "not_refundable"))
        }
    }
}
