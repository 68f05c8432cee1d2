import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("What waits to be sent when a backup is put back")
struct AskBeforeSendingTests {
    private let provider = ScriptedProvider()

    private func facts(_ stage: PaymentStage, _ payment: PaymentID) -> [ProviderFact] {
        [
            ProviderFact(
                .authorized(.eur(1_000)), paymentReference: ProviderReference("auth_1"),
                operationReference: ProviderCommandID(rawValue: payment.rawValue).description,
                occurredAt: stage.store.clock.now, origin: .lookUp)
        ]
    }

    @Test("is looked up, and not sent where the provider has heard of it")
    func known() async throws {
        let stage = try await PaymentStage()
        let payment = try await stage.charge()
        #expect(try await AskBeforeSending(database: stage.store.database).run(.first) == 1)
        #expect(try await AskBeforeSending(database: stage.store.database).run(.first) == 0)
        provider.answerLookUps(.found(facts(stage, payment)))
        try await stage.step(try stage.worker(provider))
        #expect(provider.submitted.isEmpty && provider.lookedUp.count == 1)
        #expect(try stage.payment(payment).status == .authorized)
        try stage.expectSound()
    }

    @Test("is sent once where the provider has never heard of it")
    func unknown() async throws {
        let stage = try await PaymentStage()
        let payment = try await stage.charge()
        try await AskBeforeSending(database: stage.store.database).run(.first)
        provider.answerLookUps(.notFound)
        provider.reply(.facts(facts(stage, payment)))
        let worker = try stage.worker(provider)
        try await stage.step(worker)
        #expect(provider.submitted.isEmpty)
        try await stage.step(worker, after: .seconds(2))
        #expect(provider.submitted.count == 1 && provider.lookedUp.count == 1)
        #expect(try stage.payment(payment).status == .authorized)
        try stage.expectSound()
    }

    @Test("is waited for where the provider cannot be asked")
    func silent() async throws {
        let stage = try await PaymentStage()
        let payment = try await stage.charge()
        try await AskBeforeSending(database: stage.store.database).run(.first)
        let worker = try stage.worker(provider)
        for _ in 0..<3 { try await stage.step(worker, after: .minutes(1)) }
        #expect(provider.submitted.isEmpty && provider.lookedUp.count == 3)
        #expect(try stage.payment(payment).status == .accepted)
        try stage.expectSound()
    }
}
