import JSON
import Testing

@Suite("The sandbox's idempotency keys")
struct IdempotencyTests {
    @Test("the same request gets the same answer, however its JSON is written, and happens once")
    func replays() async throws {
        try await withSandbox { sandbox in
            let first = #"{"amount":500,"currency":"EUR","payment_method":"pm_approve","reference":"cmd_1"}"#
            let same = #"{ "reference":"cmd_1", "currency":"EUR", "payment_method":"pm_approve", "amount":500 }"#
            let answer = try await sandbox.caller.post("/v1/authorizations", first, key: "k1")
            let again = try await sandbox.caller.post("/v1/authorizations", same, key: "k1")
            #expect(again.text == answer.text)
            #expect(again.status == answer.status)
            #expect(!answer.isReplay && again.isReplay)
            #expect(try await sandbox.caller.effects() == ["authorized"])
        }
    }

    @Test("the same key for another request is refused, and nothing changes")
    func refusesReuse() async throws {
        try await withSandbox { sandbox in
            let id = try #require(try await sandbox.caller.authorize(500, reference: "a", key: "k1")["id"]?.string)
            #expect(
                try await sandbox.caller.authorize(501, reference: "a", key: "k1").errorCode == "idempotency_key_reused"
            )
            #expect(try await sandbox.caller.capture(id, key: "k1").errorCode == "idempotency_key_reused")
            #expect(try await sandbox.caller.effects() == ["authorized"])
        }
    }

    @Test("a refusal is an answer too: it stays, although the state has moved on")
    func keepsRefusals() async throws {
        try await withSandbox { sandbox in
            let caller = sandbox.caller
            let id = try #require(try await caller.authorize(500)["id"]?.string)
            #expect(try await caller.refund(id, key: "early").errorCode == "not_refundable")
            _ = try await caller.capture(id)
            let again = try await caller.refund(id, key: "early")
            #expect(again.errorCode == "not_refundable")
            #expect(again.isReplay)
            #expect(try await caller.refund(id, key: "later").status == 201)
        }
    }

    @Test("an answer that was never given is given to the second request")
    func answersAfterTimeOut() async throws {
        try await withSandbox { sandbox in
            let first = try await sandbox.caller.authorize(with: "pm_timeout_success", reference: "a", key: "k1")
            let second = try await sandbox.caller.authorize(with: "pm_timeout_success", reference: "a", key: "k1")
            #expect(first.status == 504)
            #expect(second.status == 201)
            #expect(second["status"]?.string == "authorized")
            #expect(try await sandbox.caller.effects() == ["authorized"])
        }
    }

    @Test("a hundred at once are one, with one answer")
    func concurrent() async throws {
        try await withSandbox { sandbox in
            let caller = sandbox.caller
            let texts = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<100 {
                    group.addTask {
                        try await caller.authorize(reference: "a", capture: "automatic", key: "k1").text
                    }
                }
                var texts: Set<String> = []
                for try await text in group { texts.insert(text) }
                return texts
            }
            #expect(texts.count == 1)
            #expect(try await caller.effects() == ["authorized", "captured"])
        }
    }
}
