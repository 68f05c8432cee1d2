import JSON
import Testing

@Suite("Capturing and voiding at the sandbox")
struct CaptureVoidTests {
    @Test("captures in parts, to the last minor unit and not one more")
    func capturesInParts() async throws {
        try await withSandbox { sandbox in
            let caller = sandbox.caller
            let id = try #require(try await caller.authorize(1_000)["id"]?.string)
            #expect(try await caller.capture(id, #"{"amount":400}"#)["status"]?.string == "succeeded")
            #expect(try await caller.get("/v1/authorizations/\(id)")["status"]?.string == "partially_captured")
            #expect(try await caller.capture(id, #"{"amount":601}"#).errorCode == "amount_exceeds_capturable")
            #expect(try await caller.capture(id, #"{"amount":600}"#).status == 201)
            #expect(try await caller.get("/v1/authorizations/\(id)")["status"]?.string == "captured")
            #expect(try await caller.capture(id, #"{"amount":1}"#).errorCode == "not_capturable")
            #expect(try await caller.effects() == ["authorized", "captured", "captured"])
        }
    }

    @Test("gives back what a final capture leaves")
    func finalCapture() async throws {
        try await withSandbox { sandbox in
            let id = try #require(try await sandbox.caller.authorize(1_000)["id"]?.string)
            let capture = try await sandbox.caller.capture(id, #"{"amount":400,"final":true}"#)
            #expect(capture["final"]?.bool == true)
            #expect(try await sandbox.caller.get("/v1/authorizations/\(id)")["status"]?.string == "captured")
            #expect(try await sandbox.caller.capture(id, #"{"amount":1}"#).errorCode == "not_capturable")
        }
    }

    @Test(
        "follows the payment's token",
        arguments: [
            ("pm_capture_declined", 201, "declined", "cap_96"),
            ("pm_capture_timeout_failure", 504, "failed", "gateway_timeout"),
            ("pm_capture_timeout_success", 504, "succeeded", nil), ("pm_capture_callback_only", 202, "succeeded", nil),
        ] as [(String, UInt, String, String?)])
    func followsTheToken(token: String, status: UInt, outcome: String, code: String?) async throws {
        try await withSandbox { sandbox in
            let id = try #require(try await sandbox.caller.authorize(with: token)["id"]?.string)
            let answer = try await sandbox.caller.capture(id, #"{"reference":"cmd_cap"}"#)
            #expect(answer.status == status)
            try await sandbox.caller.untilQuiet()
            let found = try await sandbox.caller.list("/v1/operations?reference=cmd_cap")
            #expect(found.map { $0["status"]?.string } == [outcome])
            #expect(found.first?["decline"]?["code"]?.string == code)
            let effects = try await sandbox.caller.effects()
            #expect(effects == (outcome == "succeeded" ? ["authorized", "captured"] : ["authorized"]))
        }
    }

    @Test("keeps the amount of a capture whose outcome is open")
    func pendingCaptureReserves() async throws {
        try await withSandbox {
            $0.timings.decision = .seconds(60)
        } _: { sandbox in
            let id = try #require(
                try await sandbox.caller.authorize(1_000, with: "pm_capture_callback_only")["id"]?.string)
            #expect(try await sandbox.caller.capture(id, #"{"amount":700}"#).status == 202)
            #expect(try await sandbox.caller.capture(id, #"{"amount":301}"#).errorCode == "amount_exceeds_capturable")
            #expect(try await sandbox.caller.void(id).errorCode == "already_captured")
            #expect(try await sandbox.caller.capture(id, #"{"amount":300}"#).status == 202)
        }
    }

    @Test("voids what nothing was captured of, and only that")
    func voids() async throws {
        try await withSandbox { sandbox in
            let caller = sandbox.caller
            let open = try #require(try await caller.authorize()["id"]?.string)
            #expect(try await caller.void(open)["status"]?.string == "succeeded")
            #expect(try await caller.get("/v1/authorizations/\(open)")["status"]?.string == "voided")
            #expect(try await caller.void(open).errorCode == "not_voidable")
            #expect(try await caller.capture(open).errorCode == "not_capturable")
            let captured = try await caller.charge()
            #expect(try await caller.void(captured).errorCode == "already_captured")
            #expect(try await caller.effects() == ["authorized", "voided", "authorized", "captured"])
        }
    }

    @Test(
        "a void without an answer is found by its reference",
        arguments: [("pm_void_timeout_success", "voided"), ("pm_void_timeout_failure", "authorized")])
    func voidTimesOut(token: String, status: String) async throws {
        try await withSandbox { sandbox in
            let id = try #require(try await sandbox.caller.authorize(with: token)["id"]?.string)
            let answer = try await sandbox.caller.post("/v1/authorizations/\(id)/void", #"{"reference":"cmd_void"}"#)
            #expect(answer.status == 504)
            #expect(try await sandbox.caller.list("/v1/operations?reference=cmd_void").count == 1)
            #expect(try await sandbox.caller.get("/v1/authorizations/\(id)")["status"]?.string == status)
        }
    }

    @Test("of a void and a capture that race, one happens", arguments: 0..<5)
    func voidRacesCapture(round: Int) async throws {
        try await withSandbox { sandbox in
            let caller = sandbox.caller
            let id = try #require(try await caller.authorize()["id"]?.string)
            async let voided = caller.void(id)
            async let captured = caller.capture(id)
            let statuses = try await [voided.status, captured.status]
            #expect(statuses.filter { $0 == 201 }.count == 1)
            #expect(try await caller.effects().count == 2)
        }
    }
}
