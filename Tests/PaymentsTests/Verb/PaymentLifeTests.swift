import EventLog
import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("A payment, from its charge to its refund")
struct PaymentLifeTests {
    @Test("is held, promised, captured and given back, each step in the books when the provider has said so")
    func life() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.charge(.eur(1_000))
        #expect(try stage.payment(id).status == .accepted)
        #expect(try stage.balance("merchant:acme:payable:EUR")?.pending == .eur(1_000))
        #expect(try stage.trialBalance() == [:])

        let sent = try await stage.send()
        #expect(sent.map(\.command.kind) == [.authorize(Example.method, capture: .manual)])
        #expect(try stage.payment(id).status == .authorizing)
        try await stage.hear(.authorized(.eur(1_000)), of: id, stage.payment(id).authorizationOperation)
        #expect(try stage.payment(id).status == .authorized)
        #expect(try stage.trialBalance() == [:])

        let capture = try await stage.capture(id, 600, isFinal: true)
        #expect(try stage.payment(id).amounts.capturesInFlight == .eur(600))
        try await stage.send()
        try await stage.hear(.captured(.eur(600), fee: nil), of: id, capture.id, movement: "cap_1")
        #expect(try stage.payment(id).status == .captured)
        #expect(try stage.payment(id).amounts.captured == .eur(600))
        #expect(
            try stage.trialBalance() == ["provider:sandbox:receivable:EUR": 600, "merchant:acme:payable:EUR": 600])
        #expect(try stage.balance("merchant:acme:payable:EUR")?.pending == .eur(600))

        let refund = try await stage.refund(id, 200)
        #expect(try stage.available("merchant:acme:payable:EUR") == 400)
        #expect(try stage.posted("merchant:acme:payable:EUR") == 600)
        try await stage.send()
        try await stage.hear(.refunded(.eur(200), fee: nil), of: id, refund.id, movement: "ref_1")
        #expect(try stage.payment(id).amounts.refunded == .eur(200))
        #expect(
            try stage.trialBalance() == ["provider:sandbox:receivable:EUR": 400, "merchant:acme:payable:EUR": 400])
        #expect(try stage.openWork() == [])
        try stage.expectSound()
    }
}
