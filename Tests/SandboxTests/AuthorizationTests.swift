import JSON
import Testing

@Suite("Asking the sandbox for an authorization")
struct AuthorizationTests {
    @Test("is authorized at once, and can be found by its id and by its reference")
    func approves() async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.caller.authorize(1_000, "EUR", reference: "cmd_1")
            #expect(answer.status == 201)
            #expect(answer["status"]?.string == "authorized")
            let id = try #require(answer["id"]?.string)
            let one = try await sandbox.caller.get("/v1/authorizations/\(id)")
            #expect(one.text == answer.text)
            let found = try await sandbox.caller.list("/v1/authorizations?reference=cmd_1")
            #expect(found == [answer.json])
            let operations = try await sandbox.caller.list("/v1/operations?reference=cmd_1")
            #expect(operations.map { $0["object"]?.string } == ["authorization"])
            #expect(try await sandbox.caller.effects() == ["authorized"])
        }
    }

    @Test("captures at once when asked to, and names the provider's fee")
    func capturesAutomatically() async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.caller.authorize(1_000, "EUR", reference: "cmd_2", capture: "automatic")
            #expect(answer["status"]?.string == "captured")
            #expect(answer["amount_captured"]?.integer == 1_000)
            let operations = try await sandbox.caller.list("/v1/operations?reference=cmd_2")
            #expect(operations.map { $0["object"]?.string } == ["authorization", "capture"])
            #expect(operations.last?["fee"]?.integer == 39)
            #expect(try await sandbox.caller.effects() == ["authorized", "captured"])
        }
    }

    @Test(
        "is declined with the provider's own code, and has no effect",
        arguments: [
            ("insufficient_funds", "nsf_51"), ("expired_card", "exp_54"), ("incorrect_cvc", "cvc_n7"),
            ("suspected_fraud", "frd_59"), ("do_not_honor", "dnh_05"), ("authentication_required", "sca_65"),
            ("provider_unavailable", "iss_91"), ("other", "oth_57"),
        ])
    func declines(reason: String, code: String) async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.caller.authorize(with: "pm_decline_\(reason)", capture: "automatic")
            #expect(answer.status == 201)
            #expect(answer["status"]?.string == "declined")
            #expect(answer["decline"]?["code"]?.string == code)
            #expect(try await sandbox.caller.effects() == [])
        }
    }

    @Test("waits for the payer, who may approve or decline once", arguments: ["approved", "declined"])
    func awaitsThePayer(result: String) async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.caller.authorize(with: "pm_action_required", capture: "automatic")
            #expect(answer.status == 202)
            #expect(answer["status"]?.string == "action_required")
            #expect(answer["next_action"]?["type"]?.string == "redirect")
            let action = "/v1/authorizations/\(answer["id"]?.string ?? "")/action"
            let ended = try await sandbox.caller.post(action, #"{"result":"\#(result)"}"#, key: nil)
            #expect(ended["status"]?.string == (result == "approved" ? "captured" : "declined"))
            let again = try await sandbox.caller.post(action, #"{"result":"approved"}"#, key: nil)
            #expect(again.errorCode == "no_action_required")
            let effects = try await sandbox.caller.effects()
            #expect(effects == (result == "approved" ? ["authorized", "captured"] : []))
        }
    }

    @Test(
        "answers pending where the outcome comes later",
        arguments: [
            ("pm_callback_only", "captured"), ("pm_callback_only_declined", "declined"),
            ("pm_action_approved", "captured"), ("pm_action_declined", "declined"),
        ])
    func decidesLater(token: String, status: String) async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.caller.authorize(with: token, capture: "automatic")
            #expect(answer.status == 202)
            try await sandbox.caller.untilQuiet()
            let later = try await sandbox.caller.get("/v1/authorizations/\(answer["id"]?.string ?? "")")
            #expect(later["status"]?.string == status)
        }
    }

    @Test(
        "times out, and a look-up tells what happened",
        arguments: [
            ("pm_timeout_success", ["succeeded", "succeeded"], ["authorized", "captured"]),
            ("pm_timeout_failure", ["failed"], []), ("pm_timeout_lost", [], []),
        ])
    func timesOut(token: String, statuses: [String], effects: [String]) async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.caller.authorize(
                with: token, reference: "cmd_3", capture: "automatic")
            #expect(answer.status == 504)
            let found = try await sandbox.caller.list("/v1/operations?reference=cmd_3")
            #expect(found.map { $0["status"]?.string } == statuses)
            #expect(try await sandbox.caller.effects() == effects)
        }
    }

    @Test(
        "times out with the capture it brings along, which a look-up tells apart",
        arguments: [("pm_capture_timeout_success", "captured"), ("pm_capture_timeout_failure", "authorized")])
    func captureTimesOut(token: String, status: String) async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.caller.authorize(with: token, reference: "cmd_4", capture: "automatic")
            #expect(answer.status == 504)
            let found = try await sandbox.caller.list("/v1/authorizations?reference=cmd_4")
            #expect(found.map { $0["status"]?.string } == [status])
        }
    }

    @Test("times out at random as often as the account says, by its seed, each effect once")
    func timesOutAtRandom() async throws {
        try await withSandbox {
            $0.seed = 3
        } _: { sandbox in
            let caller = sandbox.caller
            _ = try await caller.put("/v1/account", #"{"timeout_success_percent":20,"timeout_failure_percent":20}"#)
            var unanswered: [Int] = []
            for number in 0..<60 {
                let answer = try await caller.authorize(reference: "r\(number)", key: "k\(number)")
                if answer.status == 504 { unanswered.append(number) }
            }
            #expect((10...40).contains(unanswered.count))
            let effects = try await caller.list("/v1/effects").compactMap { $0["reference"]?.string }
            #expect(Set(effects).count == effects.count)
            for number in unanswered {
                let found = try await caller.list("/v1/operations?reference=r\(number)")
                let happened = effects.contains("r\(number)")
                #expect(found.map { $0["status"]?.string } == [happened ? "succeeded" : "failed"])
            }
        }
    }

    @Test("expires when it is not captured in time, and cannot be captured then")
    func expires() async throws {
        try await withSandbox { sandbox in
            let id = try #require(try await sandbox.caller.authorize(with: "pm_expires")["id"]?.string)
            try await sandbox.caller.untilQuiet()
            #expect(try await sandbox.caller.get("/v1/authorizations/\(id)")["status"]?.string == "expired")
            #expect(try await sandbox.caller.capture(id).errorCode == "not_capturable")
            #expect(try await sandbox.caller.effects() == ["authorized", "expired"])
        }
    }

    @Test("expires after seven days by the clock it was given")
    func expiresAfterAWeek() async throws {
        try await withSandbox { sandbox in
            let id = try #require(try await sandbox.caller.authorize()["id"]?.string)
            sandbox.clock.move(by: .hours(7 * 24 - 1))
            _ = try await sandbox.caller.authorize()
            #expect(try await sandbox.caller.get("/v1/authorizations/\(id)")["status"]?.string == "authorized")
            sandbox.clock.move(by: .hours(1))
            _ = try await sandbox.caller.authorize()
            try await sandbox.caller.untilQuiet()
            #expect(try await sandbox.caller.get("/v1/authorizations/\(id)")["status"]?.string == "expired")
        }
    }
}
