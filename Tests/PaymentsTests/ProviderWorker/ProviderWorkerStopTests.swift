import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Synchronization
import Testing

@Suite("A provider worker that is stopped")
struct ProviderWorkerStopTests {
    @Test("claims nothing more, and ends when what it had asked is answered and written down")
    func graceful() async throws {
        let stage = try await PaymentStage()
        let payment = try await stage.charge()
        let provider = SlowProvider(
            answer: .facts([
                stage.fact(
                    .authorized(.eur(1_000)), reference: "auth_1", ProviderCommandID(rawValue: payment.rawValue),
                    origin: .reply)
            ]))
        let worker = try stage.worker(provider)
        let workers = Workers(
            [worker.worker], clock: LaterClock(clock: stage.store.clock), sleeper: RealSleeper(),
            report: { Issue.record("\($0): \($1)") })
        let running = Task { await workers.run() }
        await provider.asked()
        running.cancel()
        let late = try await stage.charge(key: "late")
        #expect(try stage.payment(payment).status == .authorizing)
        provider.answerNow()
        await running.value
        #expect(try stage.payment(payment).status == .authorized)
        #expect(try stage.payment(late).status == .accepted)
        try stage.expectSound()
    }
}

/// A provider that answers when it is told to.
private final class SlowProvider: PaymentProvider {
    private let answer: ProviderReply
    private let wasAsked = Doorbell()
    private let mayAnswer = Doorbell()

    init(answer: ProviderReply) {
        self.answer = answer
    }

    var capabilities: ProviderCapabilities { ProviderCapabilities() }

    func asked() async { await wasAsked.wait(atMost: .hours(1), RealSleeper()) }

    func answerNow() { mayAnswer.ring() }

    func submit(_ command: ProviderCommand) async -> ProviderReply {
        wasAsked.ring()
        await mayAnswer.wait(atMost: .hours(1), RealSleeper())
        return answer
    }

    func lookUp(_ command: ProviderCommand) async -> LookUpReply { .unknown(why: "silent") }

    func recall(_ payment: ProviderReference) async -> RecallReply { .unknown(why: "silent") }

    func verifyNotification(
        headers: NotificationHeaders, body: [UInt8], secrets: [NotificationSecret], now: Instant
    ) throws(NotificationRejection) -> ProviderNotification {
        throw .signatureMismatch
    }
}

/// A little later than a standing clock says, so that what was written a moment ago is due.
private struct LaterClock: TimeSource {
    let clock: ManualClock

    var now: Instant { clock.now.advanced(by: .milliseconds(1)) }
}

private struct RealSleeper: Sleeper {
    func sleep(for span: Instant.Span) async throws { try await Task.sleep(for: .microseconds(span.microseconds)) }
}
