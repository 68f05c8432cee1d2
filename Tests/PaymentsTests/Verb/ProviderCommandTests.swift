import EventLog
import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("A command to a provider")
struct ProviderCommandTests {
    @Test("carries the same key at every attempt, and is taken by one at a time")
    func claimedOnce() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.charge()
        let first = try await stage.send()
        #expect(first.map(\.attempt) == [1])
        #expect(first.map(\.command.idempotencyKey) == ["book-1:\(ProviderCommandID(rawValue: id.rawValue))"])
        #expect(try await stage.send().isEmpty)
    }

    @Test("sent together with others of its payment is told of once, and each payment's story has it")
    func sentTogether() async throws {
        let stage = try await PaymentStage()
        let one = try await stage.authorized(key: "one")
        let other = try await stage.authorized(key: "other")
        for (payment, key) in [(one, "a"), (other, "b"), (one, "c")] {
            _ = try await stage.capture(payment, 100, key: key)
        }
        let sent = try await stage.send().compactMap(\.command.paymentReference?.text)
        #expect(sent == [one, other, one].map { "auth_\($0)" })
        for payment in [one, other] {
            let story = try stage.store.read { try PaymentEventStore.events(of: payment, limit: 100, in: $0) }
            #expect(story.count { $0.type == CommandsSubmitted.type } == 2)
        }
        try stage.expectSound()
    }

    @Test("whose claim ran out while it was sent is in doubt: asked about, never sent again blind")
    func leaseLost() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.charge()
        try await stage.send(lease: .seconds(30))
        stage.store.clock.advance(by: .seconds(31))
        let asked = try await stage.send()
        #expect(asked.map(\.task) == [.lookUp])
        #expect(asked.map(\.attempt) == [2])
        #expect(try stage.payment(id).isInDoubt)
        #expect(try stage.row(id).authorizationState == .inDoubt)
        try await stage.hear(
            .authorized(.eur(1_000)), of: id, PaymentOperationID(rawValue: id.rawValue), origin: .lookUp)
        #expect(try !stage.payment(id).isInDoubt)
        #expect(try await stage.send().isEmpty)
        try stage.expectSound()
    }

    @Test("that was certainly not done is sent again under its key, and the doubt is over when it is")
    func sentAgain() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.charge()
        let sent = try await stage.send()
        let command = try #require(sent.first?.command)
        try await loseAnswer(stage, command.id)
        #expect(try await stage.send().map(\.task) == [.lookUp])
        let context = stage.context
        try await stage.store.database.write(.first) { work in
            try ProviderCommandStore.sendAgain(command.id, at: work.now, in: &work)
            work.append(AnswerLost(payment: id, changes: PaymentChanges()), context: context)
        }
        let again = try await stage.send()
        #expect(again.map(\.task) == [.submit])
        #expect(again.map(\.command) == [command])
        #expect(try !stage.payment(id).isInDoubt)
        #expect(try stage.row(id).authorizationState == .submitted)
        try stage.expectSound()
    }

    @Test("of a refund in doubt keeps the funds reserved until somebody knows")
    func refundInDoubt() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.captured()
        let refund = try await stage.refund(id, 600)
        try await stage.send()
        try await loseAnswer(stage, refund.command)
        #expect(try stage.operation(refund.id).state == .inDoubt)
        #expect(try stage.available("merchant:acme:payable:EUR") == 400)
        #expect(try stage.payment(id).amounts.refundable == .eur(400))
        try await stage.hear(.refundFailed(FactSubject.failure), of: id, refund.id, origin: .lookUp)
        #expect(try stage.available("merchant:acme:payable:EUR") == 1_000)
        #expect(try !stage.payment(id).isInDoubt)
        try stage.expectSound()
    }

    @Test("names the capture to refund where there is one")
    func refundOfCapture() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.captured()
        _ = try await stage.refund(id, 600)
        #expect(
            try await stage.send().map(\.command.kind) == [.refund(capture: Example.reference("cap_\(id)"))])
    }

    private func loseAnswer(_ stage: PaymentStage, _ command: ProviderCommandID) async throws {
        let context = stage.context
        try await stage.store.database.write(.first) { work in
            try RecordLostAnswer.perform(command, lookUpAt: work.now, context: context, in: &work)
        }
    }
}
