import JSON
import Sandbox
import Testing

@Suite("The sandbox's callbacks")
struct CallbackTests {
    @Test("tell each fact once, signed, with the bytes of the operation a look-up shows")
    func tellsFacts() async throws {
        try await withSandboxAndReceiver { sandbox, receiver in
            let caller = sandbox.caller
            let id = try #require(try await caller.authorize(1_000, reference: "cmd_1")["id"]?.string)
            _ = try await receiver.wait(for: 1)
            let capture = try await caller.capture(id, #"{"reference":"cmd_2"}"#)
            let received = try await receiver.wait(for: 2)
            #expect(received.map(\.type) == ["authorization.succeeded", "capture.succeeded"])
            #expect(received.map(\.isSignedRight) == [true, true])
            #expect(received.map { $0.json["reference"]?.string } == ["cmd_1", "cmd_2"])
            #expect(received[1].json["data"] == capture.json)
            #expect(received[1].json["id"]?.string == received[1].id)
            try await caller.untilQuiet(callbacksToo: true)
            #expect(receiver.received.count == 2)
        }
    }

    @Test("bring the outcome where the answer had none")
    func bringsTheOutcome() async throws {
        try await withSandboxAndReceiver { sandbox, receiver in
            _ = try await sandbox.caller.authorize(with: "pm_callback_only_declined", reference: "cmd_1")
            let received = try await receiver.wait(for: 1)
            #expect(received[0].type == "authorization.declined")
            #expect(received[0].json["data"]?["decline"]?["code"]?.string == "dnh_05")
        }
    }

    @Test("never tell what timed out")
    func keepsSilent() async throws {
        try await withSandboxAndReceiver { sandbox, receiver in
            for token in ["pm_timeout_success", "pm_timeout_failure", "pm_timeout_lost"] {
                _ = try await sandbox.caller.authorize(with: token, capture: "automatic")
            }
            try await sandbox.caller.untilQuiet(callbacksToo: true)
            #expect(receiver.types == [])
        }
    }

    @Test("come twice under one id")
    func twice() async throws {
        try await withSandboxAndReceiver { sandbox, receiver in
            _ = try await sandbox.caller.charge(with: "pm_callback_twice")
            let received = try await receiver.wait(for: 4)
            #expect(Set(received.map(\.id)).count == 2)
            #expect(Set(received.map(\.body)).count == 2)
        }
    }

    @Test("come in the wrong order")
    func outOfOrder() async throws {
        try await withSandboxAndReceiver {
            $0.timings.reorder = .minutes(1)
        } _: { sandbox, receiver in
            _ = try await sandbox.caller.charge(with: "pm_callback_out_of_order")
            _ = try await receiver.wait(for: 1)
            sandbox.clock.move(by: .minutes(1))
            let received = try await receiver.wait(for: 2)
            #expect(received.map(\.type) == ["capture.succeeded", "authorization.succeeded"])
        }
    }

    @Test("come late, freshly signed")
    func late() async throws {
        try await withSandboxAndReceiver {
            $0.timings.late = .minutes(10)
        } _: { sandbox, receiver in
            _ = try await sandbox.caller.authorize(with: "pm_callback_late", reference: "late")
            _ = try await sandbox.caller.authorize()
            let first = try await receiver.wait(for: 1)
            #expect(first.map { $0.json["reference"]?.string } != ["late"])
            sandbox.clock.move(by: .minutes(10))
            let late = try #require(try await receiver.wait(for: 2).last)
            #expect(late.json["reference"]?.string == "late")
            #expect(late.isSignedRight)
            #expect((-5...5).contains(sandbox.clock.now.microseconds / 1_000_000 - late.timestamp))
        }
    }

    @Test("come before the answer")
    func beforeTheAnswer() async throws {
        try await withSandboxAndReceiver {
            $0.timings.heldAnswer = .minutes(1)
        } _: { sandbox, receiver in
            async let answer = sandbox.caller.authorize(with: "pm_callback_before_answer")
            let before = try await receiver.wait(for: 1)
            #expect(before.map(\.type) == ["authorization.succeeded"])
            sandbox.clock.move(by: .minutes(1))
            #expect(try await answer.status == 201)
        }
    }

    @Test("are preceded by a forged one with the same id and another amount")
    func forged() async throws {
        try await withSandboxAndReceiver {
            $0.timings.reorder = .minutes(1)
        } _: { sandbox, receiver in
            _ = try await sandbox.caller.authorize(1_000, with: "pm_callback_wrong_signature")
            _ = try await receiver.wait(for: 1)
            sandbox.clock.move(by: .minutes(1))
            let received = try await receiver.wait(for: 2)
            #expect(received.map(\.isSignedRight) == [false, true])
            #expect(received.map { $0.json["data"]?["amount"]?.integer } == [1_001, 1_000])
            #expect(received[0].id == received[1].id)
        }
    }

    @Test("are preceded by one that is six minutes old")
    func stale() async throws {
        try await withSandboxAndReceiver {
            $0.timings.reorder = .minutes(1)
        } _: { sandbox, receiver in
            _ = try await sandbox.caller.authorize(with: "pm_callback_stale")
            _ = try await receiver.wait(for: 1)
            sandbox.clock.move(by: .minutes(1))
            let received = try await receiver.wait(for: 2)
            #expect(received.map(\.isSignedRight) == [true, true])
            // Signed a minute apart, the first as of six minutes before.
            #expect((415...425).contains(received[1].timestamp - received[0].timestamp))
        }
    }

    @Test("tell a dispute from its opening to its end", arguments: ["won", "lost"])
    func dispute(outcome: String) async throws {
        try await withSandboxAndReceiver {
            $0.timings.disputeEnd = .minutes(1)
        } _: { sandbox, receiver in
            let id = try await sandbox.caller.charge(1_000, with: "pm_chargeback_\(outcome)")
            _ = try await receiver.wait(for: 3)
            sandbox.clock.move(by: .minutes(1))
            let received = try await receiver.wait(for: 4).filter { $0.type.hasPrefix("dispute.") }
            #expect(received.map(\.type) == ["dispute.opened", "dispute.\(outcome)"])
            let opened = received.first?.json["data"]
            #expect(opened?["authorization"]?.string == id)
            #expect(opened?["amount"]?.integer == 1_000)
            #expect(opened?["fee"]?.integer == 1_500)
        }
    }

    @Test("leave out what the answer told, where the account wants it so")
    func asynchronousOnly() async throws {
        try await withSandboxAndReceiver { sandbox, receiver in
            _ = try await sandbox.caller.put("/v1/account", #"{"callbacks":"asynchronous"}"#)
            _ = try await sandbox.caller.charge()
            _ = try await sandbox.caller.charge(with: "pm_callback_only")
            try await sandbox.caller.untilQuiet(callbacksToo: true)
            #expect(receiver.types.sorted() == ["authorization.succeeded", "capture.succeeded"])
        }
    }
}

@Suite("The sandbox sends a callback again")
struct CallbackRetryTests {
    @Test("until it is accepted, with the same id and bytes and a fresh signature")
    func retries() async throws {
        try await withSandboxAndReceiver { sandbox, receiver in
            receiver.answerNext(with: 500, 404, 302)
            _ = try await sandbox.caller.authorize()
            let received = try await receiver.wait(for: 4)
            #expect(Set(received.map(\.id)).count == 1)
            #expect(Set(received.map(\.body)).count == 1)
            #expect(received.allSatisfy { $0.isSignedRight })
            try await sandbox.caller.untilQuiet(callbacksToo: true)
            let callbacks = try await sandbox.caller.list("/v1/callbacks")
            #expect(callbacks.map { $0["state"]?.string } == ["accepted"])
            #expect(callbacks.first?["attempts"]?.integer == 4)
        }
    }

    @Test("not when the receiver says it is gone")
    func gone() async throws {
        try await withSandboxAndReceiver { sandbox, receiver in
            receiver.answerNext(with: 410)
            _ = try await sandbox.caller.authorize()
            try await sandbox.caller.untilQuiet(callbacksToo: true)
            #expect(receiver.received.count == 1)
            #expect(try await sandbox.caller.list("/v1/callbacks").map { $0["state"]?.string } == ["abandoned"])
        }
    }

    @Test("when there is an address at last")
    func waitsForAnAddress() async throws {
        try await withReceiver { receiver, url in
            try await withSandbox { sandbox in
                _ = try await sandbox.caller.charge()
                #expect(try await sandbox.caller.get("/v1/activity")["callbacks"]?.integer == 2)
                let settings = #"{"callback_url":"\#(url)","callback_secret":"\#(RunningSandbox.callbackSecret)"}"#
                #expect(try await sandbox.caller.put("/v1/account", settings).status == 200)
                #expect(try await receiver.wait(for: 2).allSatisfy { $0.isSignedRight })
            }
        }
    }
}
