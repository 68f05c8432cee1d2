import Foundation
import JSON
import Sandbox
import Testing

@Suite("A sandbox that is stopped and started again")
struct DurabilityTests {
    @Test("answers the same keys as before, and has had each effect once")
    func keepsAnswers() async throws {
        try await withRestarts { start in
            let answer = Kept<String>()
            try await start { sandbox in
                await answer.keep(try await sandbox.caller.authorize(reference: "a", key: "k").text)
            }
            try await start { sandbox in
                let again = try await sandbox.caller.authorize(reference: "a", key: "k")
                #expect(await again.text == answer.value)
                #expect(again.isReplay)
                #expect(try await sandbox.caller.effects() == ["authorized"])
            }
        }
    }

    @Test("does what it owed: open outcomes are decided, callbacks delivered")
    func keepsItsWord() async throws {
        try await withReceiver { receiver, url in
            try await withRestarts { start in
                try await start { sandbox in
                    _ = try await sandbox.caller.authorize(with: "pm_callback_only", capture: "automatic")
                }
                try await start { sandbox in
                    let settings = #"{"callback_url":"\#(url)","callback_secret":"\#(RunningSandbox.callbackSecret)"}"#
                    _ = try await sandbox.caller.put("/v1/account", settings)
                    let received = try await receiver.wait(for: 2)
                    #expect(received.map(\.type).sorted() == ["authorization.succeeded", "capture.succeeded"])
                    #expect(received.allSatisfy { $0.isSignedRight })
                    try await sandbox.caller.untilQuiet(callbacksToo: true)
                }
                try await start { sandbox in
                    try await sandbox.caller.untilQuiet(callbacksToo: true)
                    #expect(receiver.received.count == 2)
                }
            }
        }
    }

    @Test("is cut off at any moment: whoever asks again under the same key gets one effect", arguments: 0..<8)
    func cutOff(round: Int) async throws {
        try await withRestarts { start in
            try await start { sandbox in
                let caller = sandbox.caller
                let asking = Task {
                    await withTaskGroup(of: Void.self) { group in
                        for number in 0..<40 {
                            group.addTask {
                                _ = try? await caller.authorize(
                                    reference: "r\(number)", capture: "automatic", key: "k\(number)")
                            }
                        }
                    }
                }
                try await Task.sleep(for: .milliseconds(3 * round))
                asking.cancel()
            }
            try await start { sandbox in
                for number in 0..<40 {
                    let answer = try await sandbox.caller.authorize(
                        reference: "r\(number)", capture: "automatic", key: "k\(number)")
                    #expect(answer["status"]?.string == "captured")
                }
                let effects = try await sandbox.caller.list("/v1/effects")
                for number in 0..<40 {
                    let own = effects.filter { $0["reference"]?.string == "r\(number)" }
                    #expect(own.map { $0["kind"]?.string } == ["authorized", "captured"])
                }
            }
        }
    }

    @Test("refuses a callback secret or address that cannot work")
    func refusesSettings() async throws {
        await #expect(throws: SandboxFault.malformedCallbackSecret) {
            try await withSandbox {
                $0.callbackSecret = SandboxSecret("whsec_short")
            } _: { _ in
            }
        }
        await #expect(throws: SandboxFault.malformedCallbackURL) {
            try await withSandbox {
                $0.callbackURL = "nowhere"
            } _: { _ in
            }
        }
    }

    /// Runs a test that starts sandboxes, one after another, on one file.
    private func withRestarts(
        _ test: (_ start: (@Sendable (RunningSandbox) async throws -> Void) async throws -> Void) async throws -> Void
    ) async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("sandbox-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try await test { try await withSandbox(RunningSandbox.configuration(in: directory), in: directory, $0) }
    }

    private actor Kept<Value: Sendable> {
        private(set) var value: Value?

        func keep(_ value: Value) { self.value = value }
    }
}
