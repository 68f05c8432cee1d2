import Money
import Payments
import Providers
import SummaTestKit
import Testing

@Suite("The sandbox's adapter, against the sandbox")
struct SandboxProviderTests {
    private func statements(_ reply: ProviderReply) -> [ProviderFact.Statement]? {
        if case .facts(let facts) = reply { facts.map(\.statement) } else { nil }
    }

    private func statements(_ reply: LookUpReply) -> [ProviderFact.Statement]? {
        if case .found(let facts) = reply { facts.map(\.statement) } else { nil }
    }

    @Test("tells an authorization with its capture, in order, under our reference")
    func automaticCapture() async throws {
        try await withProvider { test in
            let command = try test.authorize(with: "pm_approve", capture: .automatic, .jpy(1_250), id: 7)
            guard case .facts(let facts) = await test.provider.submit(command) else {
                Issue.record("no facts")
                return
            }
            #expect(facts.map(\.statement) == [.authorized(.jpy(1_250)), .captured(.jpy(1_250), fee: nil)])
            #expect(facts.map(\.operationReference) == [command.reference, command.reference])
            #expect(Set(facts.map(\.paymentReference)).count == 1 && facts[0].paymentReference != nil)
            #expect(facts[0].movementReference == nil && facts[1].movementReference != nil)
            #expect(facts.allSatisfy { $0.origin == .reply })
            let found = await test.provider.lookUp(command)
            #expect(statements(found) == facts.map(\.statement))
        }
    }

    @Test("asking twice has one effect and the same facts")
    func idempotent() async throws {
        try await withProvider { test in
            let command = try test.authorize(with: "pm_approve", capture: .automatic, id: 7)
            let first = await test.provider.submit(command)
            let second = await test.provider.submit(command)
            #expect(first == second)
        }
    }

    @Test(
        "maps each decline to the closed list and keeps the code",
        arguments: [
            (DeclineReason.insufficientFunds, "nsf_51"), (.expiredCard, "exp_54"), (.incorrectCVC, "cvc_n7"),
            (.suspectedFraud, "frd_59"), (.doNotHonor, "dnh_05"), (.authenticationRequired, "sca_65"),
            (.providerUnavailable, "iss_91"), (.other, "oth_57"),
        ])
    func declines(reason: DeclineReason, code: String) async throws {
        try await withProvider { test in
            let command = try test.authorize(with: "pm_decline_\(reason.rawValue)", id: 7)
            let reply = await test.provider.submit(command)
            #expect(statements(reply) == [.declined(ProviderFailure(reason, rawCode: code))])
        }
    }

    @Test("says what the payer must do, and that an outcome is still open")
    func openOutcomes() async throws {
        try await withProvider { test in
            let action = await test.provider.submit(try test.authorize(with: "pm_action_required", id: 7))
            guard case .actionRequired(.redirect(let url))? = statements(action)?.first else {
                Issue.record("no action")
                return
            }
            #expect(url.hasPrefix("https://"))
            let open = try test.authorize(with: "pm_callback_only", id: 8)
            guard case .accepted(let reference) = await test.provider.submit(open) else {
                Issue.record("not accepted")
                return
            }
            #expect(reference != nil)
        }
    }

    @Test("captures in parts, refunds, and names each movement")
    func captureAndRefund() async throws {
        try await withProvider { test in
            let authorize = try test.authorize(with: "pm_approve", id: 1)
            _ = await test.provider.submit(authorize)
            let payment = try await test.payment(of: authorize)
            let capture = test.command(.capture(isFinal: true), .eur(600), of: payment, id: 2)
            #expect(statements(await test.provider.submit(capture)) == [.captured(.eur(600), fee: nil)])
            let refund = test.command(.refund(capture: nil), .eur(250), of: payment, id: 3)
            guard case .facts(let facts) = await test.provider.submit(refund) else {
                Issue.record("no facts")
                return
            }
            #expect(facts.map(\.statement) == [.refunded(.eur(250), fee: nil)])
            #expect(facts[0].movementReference != nil && facts[0].paymentReference == payment)
        }
    }

    @Test("a void succeeds, and is refused with the provider's code once there is a capture")
    func void() async throws {
        try await withProvider { test in
            for (capture, expected) in [
                (CaptureMode.manual, ProviderFact.Statement.voided),
                (.automatic, .voidFailed(ProviderFailure(.other, rawCode: "already_captured"))),
            ] {
                let authorize = try test.authorize(with: "pm_approve", capture: capture, id: capture == .manual ? 1 : 3)
                _ = await test.provider.submit(authorize)
                let payment = try await test.payment(of: authorize)
                let void = test.command(.void, of: payment, id: capture == .manual ? 2 : 4)
                #expect(statements(await test.provider.submit(void)) == [expected])
            }
        }
    }

    @Test(
        "what fails at once, fails with the provider's code",
        arguments: [
            ("pm_capture_declined", ProviderCommand.Kind.capture(isFinal: false), "cap_96"),
            ("pm_approve", .refund(capture: nil), "not_refundable"),
        ])
    func failures(token: String, kind: ProviderCommand.Kind, code: String) async throws {
        try await withProvider { test in
            let authorize = try test.authorize(with: token, id: 1)
            _ = await test.provider.submit(authorize)
            let payment = try await test.payment(of: authorize)
            let reply = await test.provider.submit(test.command(kind, of: payment, id: 2))
            let failure = ProviderFailure(.other, rawCode: code)
            #expect([[.captureFailed(failure)], [.refundFailed(failure)]].contains(statements(reply)))
        }
    }

    @Test("a token the provider does not know fails for certain")
    func unknownToken() async throws {
        try await withProvider { test in
            let reply = await test.provider.submit(try test.authorize(with: "pm_nobody", id: 1))
            #expect(statements(reply) == [.failed(ProviderFailure(.other, rawCode: "unknown_payment_method"))])
        }
    }
}
