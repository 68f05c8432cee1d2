import EventLog
import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("A provider's notification")
struct ReceiveNotificationTests {
    private let provider = ScriptedProvider()

    @Test("is kept with its verdict in the commit of the facts it brought, and told in the log")
    func believed() async throws {
        let stage = try await PaymentStage()
        let payment = try await sent(stage)
        provider.hear(.success(authorized(payment, stage)))
        let receipt = try await receive(#"{"id":"evt_1"}"#, on: stage)
        #expect(receipt == .believed([.applied(payment)]))
        #expect(try stage.payment(payment).status == .authorized)
        let kept = try #require(stage.keptNotifications().first)
        #expect(kept.verdict == .believed && kept.payment == payment && kept.repeatCount == 0)
        let events = try stage.events().suffix(2)
        #expect(events.map(\.type) == [OutcomeRecorded.type, NotificationReceived.type])
        #expect(try events.map { try $0.context().actor } == ["provider:sandbox", "provider:sandbox"])
        try stage.expectSound()
    }

    @Test("that comes twice is counted once, and that it came again is noted")
    func twice() async throws {
        let stage = try await PaymentStage()
        let payment = try await sent(stage)
        let notification = authorized(payment, stage)
        provider.hear(.success(notification), .success(notification), .success(notification))
        _ = try await receive(on: stage)
        let sequence = try stage.store.read { $0.asOf }
        #expect(try await receive(on: stage) == .repeated)
        #expect(try await receive(on: stage) == .repeated)
        #expect(try stage.keptNotifications().map(\.repeatCount) == [2])
        #expect(try stage.store.read { $0.asOf } == sequence)
        try stage.expectSound()
    }

    @Test("about a payment nobody knows yet is kept, and heard when the payment gets that name")
    func orphan() async throws {
        let stage = try await PaymentStage()
        let payment = try await sent(stage)
        let early = stage.fact(.captured(.eur(1_000), fee: nil), reference: "auth_\(payment)", movement: "cap_1")
        provider.hear(.success(.init(id: Example.reference("evt_1"), facts: [early])))
        guard case .believed(let outcomes) = try await receive(on: stage), case .orphaned = outcomes.first else {
            Issue.record("it was no orphan")
            return
        }
        #expect(try stage.openWork() == [.orphanNotification])
        try await stage.hear(.authorized(.eur(1_000)), of: payment, stage.payment(payment).authorizationOperation)
        #expect(try stage.payment(payment).status == .captured)
        #expect(try stage.openWork().contains(.orphanNotification) == false)
        try stage.expectSound()
    }

    @Test("that is forged is refused, kept nowhere, and counted by source and minute")
    func forged() async throws {
        let stage = try await PaymentStage()
        try await stage.store.database.createBook(.system, named: BookID.systemName)
        let refused = RefusedNotifications(database: stage.store.database)
        for _ in 1...3 {
            await #expect(throws: NotificationRejection.signatureMismatch) {
                try await receive(on: stage, counting: refused)
            }
        }
        await #expect(throws: UnknownEndpoint()) { try await receive(on: stage, at: "whe_1_x", counting: refused) }
        #expect(try stage.keptNotifications() == [])
        #expect(try await refused.step(now: stage.store.clock.now) == false)
        #expect(try await refused.step(now: stage.store.clock.now.advanced(by: .minutes(1))))
        let told = try stage.store.read(.system) { try EventStore($0).events(after: 0, limit: 10) }
            .map { try $0.content(as: NotificationRefused.self) }
        #expect(told.map(\.why) == [.signatureMismatch, .unknownEndpoint])
        #expect(told.map(\.count) == [3, 1])
        #expect(told.map(\.source) == ["203.0.113.0/24", "203.0.113.0/24"])
    }

    @Test("that is too old is refused and kept, and believed when its provider sends it afresh")
    func stale() async throws {
        let stage = try await PaymentStage()
        let payment = try await sent(stage)
        let notification = authorized(payment, stage)
        let old = NotificationRejection.tooOld(name: notification.id, ageSeconds: 360)
        provider.hear(.failure(old), .failure(old), .success(notification))
        await #expect(throws: old) { try await receive(on: stage) }
        await #expect(throws: old) { try await receive(on: stage) }
        #expect(try stage.payment(payment).status == .authorizing)
        #expect(try await receive(on: stage) == .believed([.applied(payment)]))
        #expect(try stage.keptNotifications().map(\.verdict) == [.tooOld, .believed])
        #expect(try stage.keptNotifications().map(\.repeatCount) == [1, 0])
        try stage.expectSound()
    }

    @Test("that was signed and cannot be read waits for a person, once")
    func unreadable() async throws {
        let stage = try await PaymentStage()
        let unreadable = NotificationRejection.unreadable(name: Example.reference("evt_1"), why: "not JSON")
        provider.hear(.failure(unreadable), .failure(unreadable))
        #expect(try await receive("?", on: stage) == .unreadable)
        #expect(try await receive("?", on: stage) == .unreadable)
        #expect(try stage.openWork() == [.unreadableNotification])
        #expect(try stage.keptNotifications().map(\.repeatCount) == [1])
        try stage.expectSound()
    }

    @Test(
        "is kept with its card numbers masked",
        arguments: [
            (#"{"note":"4111 1111 1111 1111"}"#, #"{"note":"4111 11** **** 1111"}"#),
            (#"{"pan":4111111111111111}"#, #"{"pan":"411111******1111"}"#),
            ("pan=4111111111111111", "pan=411111******1111"),
            (#"{"id":"evt_1"}"#, #"{"id":"evt_1"}"#),
        ])
    func masked(body: String, kept: String) async throws {
        let stage = try await PaymentStage()
        provider.hear(.success(.init(id: Example.reference("evt_1"), facts: [])))
        _ = try await receive(body, on: stage)
        let row = try #require(stage.keptNotifications().first)
        #expect(row.isMasked == (body != kept))
        let text = try stage.store.read { try stage.texts.read(.body, of: AllowedText(row.id), in: $0) }
        guard case .text(let bytes, let hash) = text else {
            Issue.record("nothing was kept")
            return
        }
        #expect(String(decoding: bytes, as: UTF8.self) == kept)
        let told = try #require(stage.events().last).content(as: NotificationReceived.self)
        #expect(told.body == hash && told.isMasked == row.isMasked)
    }

    @Test("is forgotten after thirty days, with its bytes, and not a moment before")
    func forgotten() async throws {
        let stage = try await PaymentStage()
        provider.hear(.success(.init(id: Example.reference("evt_1"), facts: [])))
        _ = try await receive(on: stage)
        let row = try #require(stage.keptNotifications().first)
        let forgetting = ForgetNotifications(database: stage.store.database, texts: stage.texts)
        let end = row.receivedAt.advanced(by: .days(30))
        #expect(try await forgetting.step(.first, now: end) == false)
        #expect(try stage.keptNotifications().count == 1)
        _ = try await forgetting.step(.first, now: end.advanced(by: Instant.Span(microseconds: 1)))
        #expect(try stage.keptNotifications().isEmpty)
        #expect(try stage.store.read { try stage.texts.read(.body, of: AllowedText(row.id), in: $0) } == .none)
        try stage.expectSound()
    }

    // MARK: Steps

    private func sent(_ stage: PaymentStage) async throws -> PaymentID {
        let payment = try await stage.charge()
        try await stage.send()
        return payment
    }

    private func authorized(_ payment: PaymentID, _ stage: PaymentStage) -> ProviderNotification {
        let fact = stage.fact(
            .authorized(.eur(1_000)), reference: "auth_\(payment)", ProviderCommandID(rawValue: payment.rawValue))
        return ProviderNotification(id: Example.reference("evt_1"), facts: [fact])
    }

    private func receive(
        _ body: String = "{}", on stage: PaymentStage, at endpoint: String? = nil,
        counting refused: RefusedNotifications? = nil
    ) async throws -> NotificationReceipt {
        try await stage.receiver(provider, refused).run(
            stage.notification(body, to: try endpoint ?? stage.endpoint()))
    }
}
