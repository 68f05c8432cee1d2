import Payments
import SummaTestKit
import Testing

@Suite("Asking for a void")
struct VoidRequestTests {
    private func request(of payment: inout Payment) throws(VoidRejection) -> PaymentOperation {
        try payment.requestVoid(id: PaymentOperationID(rawValue: 4), at: Example.noon)
    }

    @Test("keeps the hold until the provider confirms")
    func keepsHold() throws {
        var payment = try Example.authorized().payment
        let void = try request(of: &payment)
        #expect(void.amount == .eur(1_000))
        #expect(payment.voiding == void.id)
        #expect(payment.status == .authorized)
        #expect(payment.holds.count == 1)
    }

    @Test("may come before the authorization has been answered")
    func beforeAnswer() throws {
        var payment = Example.authorizing().payment
        #expect(try request(of: &payment).kind == .void)
    }

    @Test("is refused a second time, while a capture is on its way, and once money has moved")
    func refused() throws {
        var payment = try Example.authorized().payment
        let void = try request(of: &payment)
        #expect(throws: VoidRejection.alreadyVoiding(void.id)) { try request(of: &payment) }

        var capturing = try Example.authorized()
        try capturing.sendCapture(.eur(300))
        #expect(throws: VoidRejection.captureInFlight(.eur(300))) { try request(of: &capturing.payment) }

        var captured = try FactSubject.captured().payment
        #expect(throws: VoidRejection.captured(.eur(1_000))) { try request(of: &captured) }
    }

    @Test("is refused when there is nothing to void")
    func ended() throws {
        var subject = Example.authorizing()
        _ = try subject.hear(.declined(FactSubject.failure))
        #expect(throws: VoidRejection.notVoidable(.declined)) { try request(of: &subject.payment) }
    }
}
