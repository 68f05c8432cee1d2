import Foundation
import JSON
import SummaTestKit
import Testing

@Suite("What the sandbox refuses")
struct BadInputTests {
    private static let good =
        #"{"amount":1,"currency":"EUR","payment_method":"pm_approve","reference":"a"}"#

    @Test(
        "a request that cannot be understood is told why and where",
        arguments: [
            ("", "invalid_field", "amount"), ("{", "malformed_json", nil), ("[]", "invalid_field", nil),
            (#"{"amount":0"#, "malformed_json", nil), (good.with("1", "0"), "invalid_field", "amount"),
            (good.with("1", "-1"), "invalid_field", "amount"), (good.with("1", "1.0"), "invalid_field", "amount"),
            (good.with("1", "1e2"), "invalid_field", "amount"),
            (good.with("1", "1000000000000"), "invalid_field", "amount"),
            (good.with("1", "99999999999999999999"), "invalid_field", "amount"),
            (good.with("EUR", "XXX"), "unsupported_currency", "currency"),
            (good.with("EUR", "eur"), "unsupported_currency", "currency"),
            (good.with("pm_approve", "pm_nobody"), "unknown_payment_method", "payment_method"),
            (good.with(#""a""#, #""""#), "invalid_field", "reference"),
            (good.with(#""a""#, #""a,b""#), "invalid_field", "reference"),
            (good.with("}", #","capture":"later"}"#), "invalid_field", "capture"),
            (good.with("}", #","card":"x"}"#), "invalid_field", "card"),
            (good.with("}", #","amount":2}"#), "malformed_json", nil),
        ] as [(String, String, String?)])
    func refuses(body: String, code: String, param: String?) async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.caller.post("/v1/authorizations", body)
            #expect((400...422).contains(answer.status))
            #expect(answer.errorCode == code)
            #expect(answer["error"]?["param"]?.string == param)
            #expect(try await sandbox.caller.effects() == [])
        }
    }

    @Test("the largest amount is taken")
    func takesTheLargest() async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.caller.authorize(999_999_999_999)
            #expect(answer.status == 201)
        }
    }

    @Test("a request that moves money needs an idempotency key of 1 to 255 visible characters")
    func needsAKey() async throws {
        try await withSandbox { sandbox in
            let long = String(repeating: "k", count: 255)
            for (key, code) in [
                (nil, "missing_idempotency_key"), ("a b", "invalid_idempotency_key"),
                (long + "k", "invalid_idempotency_key"), (long, nil),
            ] {
                let answer = try await sandbox.caller.post("/v1/authorizations", Self.good, key: key)
                #expect(answer.errorCode == code)
            }
        }
    }

    @Test("nobody gets in without the key")
    func needsTheBearerKey() async throws {
        try await withSandbox { sandbox in
            for key in ["", "sk_sandbox_tes", "sk_sandbox_test2"] {
                let stranger = SandboxCaller(url: sandbox.caller.url, key: key)
                let answer = try await stranger.post("/v1/authorizations", Self.good)
                #expect(answer.status == 401 && answer.errorCode == "unauthorized")
                #expect(try await stranger.get("/v1/account").status == 401)
                #expect(try await stranger.get("/healthz").text == "ok\n")
            }
        }
    }

    @Test("an unknown path, payment or method, and a body too large, are told apart")
    func otherRefusals() async throws {
        try await withSandbox { sandbox in
            let caller = sandbox.caller
            let nothing = try await caller.get("/v1/nothing")
            #expect(nothing.errorCode == "not_found")
            #expect(try await caller.send("DELETE", "/v1/account").errorCode == "not_found")
            #expect(try await caller.get("/v1/authorizations/auth_X").errorCode == "not_found")
            #expect(try await caller.capture("auth_X").errorCode == "not_found")
            #expect(try await caller.get("/v1/operations").errorCode == "invalid_field")
            #expect(try await caller.list("/v1/operations?reference=nobody") == [])
            #expect(try await caller.get("/v1/disputes").errorCode == "invalid_field")
            #expect(try await caller.list("/v1/disputes?authorization=auth_nobody") == [])
            let large = #"{"reference":"\#(String(repeating: "a", count: 70_000))"}"#
            #expect(try await caller.post("/v1/authorizations", large).errorCode == "body_too_large")
        }
    }

    @Test(
        "no JSON text, sound or broken, is answered with a fault",
        .enabled(if: SharedVectors.present, "the shared test vectors are not here"))
    func survivesAnyJSON() async throws {
        try await withSandbox { sandbox in
            let cases = try JSONValue(parsing: SharedVectors.bytes("json/parsing.json")).array ?? []
            #expect(cases.count > 100)
            for vector in cases {
                let bytes = try #require(Base64.standard.decode(vector["base64"]?.string ?? ""))
                let answer = try await sandbox.caller.send(
                    "POST", "/v1/authorizations", headers: [("idempotency-key", "k")], body: bytes)
                #expect((400..<500).contains(answer.status), "\(vector["name"]?.string ?? "?")")
            }
            #expect(try await sandbox.caller.get("/healthz").status == 200)
        }
    }

    @Test(
        "settings that make no sense are refused, and nothing is changed",
        arguments: [
            #"{"callback_url":"ftp://a"}"#, #"{"callback_url":"nowhere"}"#, #"{"callback_secret":"whsec_AAAA"}"#,
            #"{"callback_secret":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYX"}"#, #"{"refund_fails_before_percent":101}"#,
            #"{"refund_fails_before_percent":60,"timeout_success_percent":41}"#, #"{"callbacks":"some"}"#,
        ])
    func refusesSettings(body: String) async throws {
        try await withSandbox { sandbox in
            let before = try await sandbox.caller.get("/v1/account").text
            #expect(try await sandbox.caller.put("/v1/account", body).errorCode == "invalid_field")
            #expect(try await sandbox.caller.get("/v1/account").text == before)
        }
    }
}

extension String {
    fileprivate func with(_ part: String, _ other: String) -> String {
        replacingOccurrences(of: part, with: other)
    }
}
