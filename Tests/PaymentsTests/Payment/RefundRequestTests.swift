import Money
import Payments
import SummaTestKit
import Testing

@Suite("Asking for a refund")
struct RefundRequestTests {
    private func request(
        _ amount: Amount?, isForced: Bool = false, from capabilities: ProviderCapabilities = ProviderCapabilities(),
        of payment: inout Payment
    ) throws(RefundRejection) -> PaymentOperation {
        try payment.requestRefund(
            of: amount, isForced: isForced, id: PaymentOperationID(rawValue: 3), from: capabilities, at: Example.noon)
    }

    @Test("reserves the amount under the ceiling, many times, to the last minor unit")
    func reserves() throws {
        var payment = try FactSubject.captured().payment
        for _ in 0..<9 { _ = try request(.eur(100), of: &payment) }
        #expect(payment.amounts.refundsInFlight == .eur(900))
        #expect(throws: RefundRejection.exceedsRefundable(refundable: .eur(100), requested: .eur(101))) {
            try request(.eur(101), of: &payment)
        }
        #expect(try request(nil, of: &payment).amount == .eur(100))
        #expect(throws: RefundRejection.exceedsRefundable(refundable: .eur(0), requested: .eur(1_000))) {
            try request(nil, of: &payment)
        }
    }

    @Test("needs captured money")
    func needsCapture() throws {
        var payment = try Example.authorized().payment
        #expect(throws: RefundRejection.nothingCaptured(.authorized)) { try request(.eur(1), of: &payment) }
    }

    @Test("is refused while the payment is disputed, unless two people force it")
    func disputed() throws {
        var subject = try FactSubject.captured()
        subject.meetDispute(.eur(400))
        _ = try subject.hear(.chargebackOpened(.eur(400), fee: nil))
        #expect(throws: RefundRejection.disputed(.eur(400))) { try request(.eur(1), of: &subject.payment) }
        #expect(try request(.eur(600), isForced: true, of: &subject.payment).amount == .eur(600))
        #expect(throws: RefundRejection.exceedsRefundable(refundable: .eur(0), requested: .eur(1))) {
            try request(.eur(1), isForced: true, of: &subject.payment)
        }
    }

    @Test("may not return what a lost dispute has taken")
    func lost() throws {
        var subject = try FactSubject.captured()
        subject.meetDispute(.eur(400))
        _ = try subject.hear(.chargebackOpened(.eur(400), fee: nil))
        _ = try subject.hear(.chargebackLost(.eur(400)))
        #expect(throws: RefundRejection.exceedsRefundable(refundable: .eur(600), requested: .eur(601))) {
            try request(.eur(601), of: &subject.payment)
        }
        #expect(try request(.eur(600), of: &subject.payment).amount == .eur(600))
    }

    @Test("keeps to what the provider can do")
    func capabilities() throws {
        var payment = try FactSubject.captured().payment
        var whole = ProviderCapabilities()
        whole.partialRefund = false
        #expect(throws: RefundRejection.partialRefundUnsupported(captured: .eur(1_000), requested: .eur(999))) {
            try request(.eur(999), from: whole, of: &payment)
        }
        var stepped = ProviderCapabilities()
        stepped.minorUnitSteps = [Currency.eur.code: 10]
        #expect(throws: RefundRejection.minorUnitStep(10, requested: .eur(15))) {
            try request(.eur(15), from: stepped, of: &payment)
        }
        #expect(try request(.eur(1_000), from: whole, of: &payment).amount == .eur(1_000))
    }
}
