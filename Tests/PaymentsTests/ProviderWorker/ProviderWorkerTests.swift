import EventLog
import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Synchronization
import Testing

@Suite("The provider worker")
struct ProviderWorkerTests {
    private let provider = ScriptedProvider()
    private let unavailable = ProviderReply.unavailable(ProviderFailure(.providerUnavailable, rawCode: "busy"))

    @Test("asks once, and writes down what is said at once")
    func facts() async throws {
        let stage = try await PaymentStage()
        let payment = try await stage.charge()
        let worker = try stage.worker(provider)
        provider.reply(.facts([authorized(payment, stage)]))
        try await stage.step(worker)
        #expect(try stage.payment(payment).status == .authorized)
        #expect(try stage.attempts(operation(payment)) == [.facts])
        try await stage.step(worker, after: .hours(1))
        #expect(provider.submitted.count == 1)
        #expect(provider.lookedUp.isEmpty)
        try stage.expectSound()
    }

    @Test("asks at once also when the clock was set back by an hour since the book's last event")
    func clockSetBack() async throws {
        let stage = try await PaymentStage()
        stage.store.clock.advance(by: .hours(1))
        let payment = try await stage.charge()
        let worker = try stage.worker(provider)
        provider.reply(.facts([authorized(payment, stage)]))
        try await stage.step(worker, after: Instant.Span(microseconds: -Instant.Span.hours(1).microseconds))
        #expect(provider.submitted.count == 1)
        #expect(try stage.payment(payment).status == .authorized)
        try stage.expectSound()
    }

    @Test(
        "asks what a fact made doubtful while an answer was awaited, whatever that answer was",
        arguments: [true, false])
    func questionBeforeAnswer(isAnswered: Bool) async throws {
        let stage = try await PaymentStage()
        let payment = try await stage.charge()
        let promise = authorized(payment, stage)
        let expiry = stage.fact(.expired, reference: "auth_\(payment)")
        let (outcomes, capturing, context) = (stage.recordOutcome, stage.capturePayment, stage.context)
        let overtaken = OvertakenProvider(reply: isAnswered ? .facts([promise]) : unavailable) {
            func hear(_ fact: ProviderFact) async throws {
                _ = try await outcomes.run(
                    .init(book: .first, providerAccount: Example.sandbox, facts: [fact], context: context))
            }
            try await hear(promise)
            let request = PaymentStage.request("/v1/payments/{id}/capture", "/v1/payments/1/capture", key: "capture")
            _ = try await capturing.run(.init(book: .first, request: request, payment: payment, context: context))
            // The capture decides, so both are to be asked about.
            try await hear(expiry)
        }
        let worker = try stage.worker(overtaken)
        try await stage.step(worker)
        try await stage.step(worker, after: .seconds(1))
        #expect(overtaken.lookedUp.map(\.reference) == [ProviderCommandID(rawValue: payment.rawValue).description])
        try stage.expectSound()
    }

    @Test(
        "asks about a charge's own capture that nobody told of within ten seconds, and not about one that was",
        arguments: [true, false])
    func automaticCapture(isTold: Bool) async throws {
        let stage = try await PaymentStage()
        let payment = try await stage.charge(capture: .automatic)
        let worker = try stage.worker(provider)
        // Accepted, and nothing more; the rest is told afterwards.
        try await stage.step(worker)
        try await stage.hear(.authorized(.eur(1_000)), of: payment, operation(payment))
        if isTold { try await stage.hear(.captured(.eur(1_000), fee: nil), of: payment, movement: "cap_\(payment)") }
        #expect(try stage.payment(payment).status == (isTold ? .captured : .authorized))
        try await stage.step(worker, after: .milliseconds(9_990))
        #expect(provider.lookedUp.isEmpty)
        try await stage.step(worker, after: .milliseconds(20))
        #expect(provider.lookedUp.count == (isTold ? 0 : 1))
        try stage.expectSound()
    }

    @Test("asks what became of what was only accepted, when its time has come and not before")
    func accepted() async throws {
        let stage = try await PaymentStage()
        let payment = try await stage.charge()
        let worker = try stage.worker(provider)
        provider.answerLookUps(.found([authorized(payment, stage)]))
        try await stage.step(worker)
        try await stage.step(worker, after: .milliseconds(1_990))
        #expect(provider.lookedUp.isEmpty)
        try await stage.step(worker, after: .milliseconds(20))
        #expect(provider.submitted.count == 1)
        #expect(provider.lookedUp == provider.submitted)
        #expect(try stage.payment(payment).status == .authorized)
        #expect(try stage.attempts(operation(payment)) == [.accepted, .facts])
        try stage.expectSound()
    }

    @Test("sends what certainly did nothing again, later each time, and under the same key")
    func unavailableProvider() async throws {
        let stage = try await PaymentStage()
        let payment = try await stage.charge()
        let worker = try stage.worker(provider)
        provider.reply(unavailable, unavailable, .facts([authorized(payment, stage)]))
        try await stage.step(worker)
        #expect(provider.submitted.count == 1)
        try await stage.step(worker, after: .milliseconds(990))
        #expect(provider.submitted.count == 1)
        try await stage.step(worker, after: .milliseconds(20))
        #expect(provider.submitted.count == 2)
        try await stage.step(worker, after: .milliseconds(1_990))
        #expect(provider.submitted.count == 2)
        try await stage.step(worker, after: .milliseconds(20))
        #expect(Set(provider.submitted.map(\.idempotencyKey)).count == 1)
        #expect(provider.submitted.count == 3)
        #expect(try stage.attempts(operation(payment)) == [.unavailable, .unavailable, .facts])
        #expect(try stage.payment(payment).status == .authorized)
        try stage.expectSound()
    }

    @Test("gives up what certainly did nothing when its attempts are spent: the charge has failed, nothing is held")
    func givesUp() async throws {
        let stage = try await PaymentStage()
        let payment = try await stage.charge()
        let worker = try stage.worker(provider) { $0.authorizationAttemptsMax = 2 }
        provider.reply(unavailable, unavailable)
        try await stage.step(worker)
        #expect(try stage.payment(payment).status == .authorizing)
        try await stage.step(worker, after: .seconds(2))
        #expect(try stage.payment(payment).status == .failed)
        #expect(try stage.payment(payment).failure?.reason == .providerUnavailable)
        #expect(try stage.balance("merchant:acme:payable:EUR")?.pending == .eur(0))
        try await stage.step(worker, after: .hours(1))
        #expect(provider.submitted.count == 2)
        try stage.expectSound()
    }

    @Test("asks what became of what it has no answer to, and never sends it again blind")
    func lostAnswer() async throws {
        let stage = try await PaymentStage()
        let payment = try await stage.charge()
        let worker = try stage.worker(provider)
        provider.reply(.unknown(why: "timed_out"))
        provider.answerLookUps(.unknown(why: "timed_out"), .found([authorized(payment, stage)]))
        try await stage.step(worker)
        #expect(try stage.payment(payment).isInDoubt)
        try await stage.step(worker, after: .seconds(3))
        #expect(try stage.payment(payment).isInDoubt)
        try await stage.step(worker, after: .seconds(5))
        #expect(!(try stage.payment(payment).isInDoubt))
        #expect(try stage.payment(payment).status == .authorized)
        #expect(provider.submitted.count == 1)
        #expect(try stage.attempts(operation(payment)) == [.unknown, .unknown, .facts])
        try stage.expectSound()
    }

    @Test("sends again what its provider has never heard of")
    func neverHeardOf() async throws {
        let stage = try await PaymentStage()
        let payment = try await stage.charge()
        let worker = try stage.worker(provider)
        provider.reply(.unknown(why: "timed_out"), .facts([authorized(payment, stage)]))
        provider.answerLookUps(.notFound)
        try await stage.step(worker)
        try await stage.step(worker, after: .seconds(3))
        #expect(provider.submitted.count == 1)
        try await stage.step(worker, after: .seconds(3))
        #expect(provider.submitted.count == 2)
        #expect(try stage.payment(payment).status == .authorized)
        #expect(!(try stage.payment(payment).isInDoubt))
        #expect(try stage.attempts(operation(payment)) == [.unknown, .notFound, .facts])
        try stage.expectSound()
    }

    @Test("asks what became of a command whose worker died between claim and answer")
    func deadWorker() async throws {
        let stage = try await PaymentStage()
        let payment = try await stage.charge()
        try await stage.send(lease: .seconds(30))
        let worker = try stage.worker(provider)
        provider.answerLookUps(.found([authorized(payment, stage)]))
        try await stage.step(worker, after: .seconds(29))
        #expect(provider.lookedUp.isEmpty)
        try await stage.step(worker, after: .seconds(2))
        #expect(provider.submitted.isEmpty)
        #expect(provider.lookedUp.count == 1)
        #expect(try stage.payment(payment).status == .authorized)
        #expect(try stage.attempts(operation(payment)) == [.abandoned, .facts])
        try stage.expectSound()
    }

    @Test("sends what waits to be sent although its promise is said to have ended, rather than ask about it for ever")
    func waitsToBeSent() async throws {
        let stage = try await PaymentStage()
        let payment = try await stage.authorized()
        let capture = try await stage.capture(payment)
        let command = ProviderCommandID(rawValue: capture.id.rawValue)
        try await stage.send()
        // The provider certainly did nothing of it.
        try await stage.store.database.write(.first) {
            try ProviderCommandStore.sendAgain(command, at: $0.now, in: &$0)
        }
        #expect(try await stage.hear(.expired, of: payment) == .questioned(payment))
        let sent = try await stage.send()
        #expect(sent.first { $0.command.id == command }?.task == .submit)
        // Its answer decides: from then on the end of the promise is believed.
        let failure = ProviderFailure(.other, rawCode: "not_capturable")
        try await stage.hear(.captureFailed(failure), of: payment, capture.id, origin: .reply)
        try await stage.hear(.expired, of: payment, origin: .lookUp)
        #expect(try stage.payment(payment).status == .expired)
        try stage.expectSound()
    }

    @Test("asks again what a dead worker was asking, although a fact about something else came meanwhile")
    func deadQuestion() async throws {
        let stage = try await PaymentStage()
        let payment = try await stage.authorized()
        let capture = try await stage.capture(payment)
        try await stage.send()
        // The capture decides, so both are asked about; and who asks dies.
        try await stage.hear(.expired, of: payment)
        #expect(try await stage.send(lease: .seconds(30)).count == 2)
        let failure = ProviderFailure(.other, rawCode: "not_capturable")
        try await stage.hear(.captureFailed(failure), of: payment, capture.id, origin: .reply)
        let worker = try stage.worker(provider)
        provider.answerLookUps(.found([stage.fact(.expired, reference: "auth_\(payment)", origin: .lookUp)]))
        try await stage.step(worker, after: .seconds(32))
        #expect(provider.lookedUp.map(\.reference) == [ProviderCommandID(rawValue: payment.rawValue).description])
        #expect(try stage.payment(payment).status == .expired)
        try stage.expectSound()
    }

    @Test("puts a doubt on people's list when it has lasted a day, once, and takes it off when the answer comes")
    func lastingDoubt() async throws {
        let stage = try await PaymentStage()
        let payment = try await stage.charge()
        let worker = try stage.worker(provider) { $0.lookUpLongest = .hours(6) }
        provider.reply(.unknown(why: "timed_out"))
        try await stage.step(worker)
        try await stage.step(worker, after: .hours(23))
        #expect(try stage.openWork() == [])
        try await stage.step(worker, after: .hours(2))
        #expect(try stage.openWork() == [.inDoubt])
        try await stage.step(worker, after: .hours(7))
        #expect(try stage.openWork() == [.inDoubt])
        provider.answerLookUps(.found([authorized(payment, stage)]))
        try await stage.step(worker, after: .hours(7))
        #expect(try stage.openWork() == [])
        #expect(try stage.events().filter { $0.type == DoubtLasted.type }.count == 1)
        try stage.expectSound()
    }

    @Test("has no more under way than an account may have, and comes back for the rest")
    func bounded() async throws {
        let stage = try await PaymentStage()
        for number in 1...5 { _ = try await stage.charge(key: "charge-\(number)") }
        let worker = try stage.worker(provider) { $0.concurrencyMax = 2 }
        try await stage.step(worker)
        #expect(provider.submitted.count == 2)
        try await stage.step(worker)
        try await stage.step(worker)
        #expect(provider.submitted.count == 5)
        #expect(Set(provider.submitted.map(\.id)).count == 5)
    }

    @Test("leaves the commands of a provider nobody speaks with where they are, and says so once")
    func noAdapter() async throws {
        let stage = try await PaymentStage()
        let payment = try await stage.charge()
        let nobody = ProviderDirectory(
            database: stage.store.database, connections: ProviderConnectionStore(try installationKey()),
            make: { _ in nil })
        let reports = Mutex<[NoAdapter?]>([])
        let worker = ProviderWorker(
            database: stage.store.database, directory: nobody, outcomes: stage.recordOutcome,
            report: { error in reports.withLock { $0.append(error as? NoAdapter) } })
        for _ in 1...2 { #expect(try await stage.step(worker) == false) }
        #expect(reports.withLock { $0 } == [NoAdapter(account: Example.sandbox, provider: Example.sandbox)])
        #expect(try stage.payment(payment).status == .accepted)
        try await stage.step(stage.worker(provider))
        #expect(provider.submitted.count == 1)
    }

    // MARK: Words

    private func operation(_ payment: PaymentID) -> PaymentOperationID {
        PaymentOperationID(rawValue: payment.rawValue)
    }

    private func authorized(_ payment: PaymentID, _ stage: PaymentStage) -> ProviderFact {
        stage.fact(
            .authorized(.eur(1_000)), reference: "auth_\(payment)", ProviderCommandID(rawValue: payment.rawValue),
            origin: .reply)
    }
}
