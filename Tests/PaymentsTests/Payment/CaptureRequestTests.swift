import Money
import Payments
import SummaTestKit
import Testing

@Suite("Asking for a capture")
struct CaptureRequestTests {
    private func request(
        _ amount: Amount?, isFinal: Bool = false, from capabilities: ProviderCapabilities = Example.multipleCaptures,
        of payment: inout Payment
    ) throws(CaptureRejection) -> PaymentOperation {
        try payment.requestCapture(
            of: amount, isFinal: isFinal, id: PaymentOperationID(rawValue: 2), from: capabilities, at: Example.noon)
    }

    @Test("reserves the amount, and posts nothing yet", arguments: [1, 999, 1_000])
    func reserves(minorUnits: Int64) throws {
        var payment = try Example.authorized().payment
        let capture = try request(.eur(minorUnits), of: &payment)
        #expect(capture.amount == .eur(minorUnits))
        #expect(capture.state == .requested)
        #expect(capture.isFinal == (minorUnits == 1_000))
        #expect(payment.amounts.capturesInFlight == .eur(minorUnits))
        #expect(payment.amounts.capturable == .eur(1_000 - minorUnits))
        #expect(payment.status == .authorized)
    }

    @Test("takes all there is when no amount is said, and is then final")
    func takesAll() throws {
        var payment = try Example.authorized().payment
        let capture = try request(nil, of: &payment)
        #expect(capture.amount == .eur(1_000))
        #expect(capture.isFinal)
    }

    @Test("refuses one minor unit more than is left, and changes nothing")
    func ceiling() throws {
        var payment = try Example.authorized().payment
        _ = try request(.eur(600), of: &payment)
        let before = payment
        #expect(throws: CaptureRejection.exceedsCapturable(capturable: .eur(400), requested: .eur(401))) {
            try request(.eur(401), of: &payment)
        }
        #expect(payment == before)
        #expect(try request(.eur(400), of: &payment).amount == .eur(400))
        #expect(throws: CaptureRejection.exceedsCapturable(capturable: .eur(0), requested: .eur(1_000))) {
            try request(nil, of: &payment)
        }
    }

    @Test("checks the amount itself before anything else", arguments: [0, -1, Int64.min])
    func positive(minorUnits: Int64) {
        var payment = Example.accepted().payment
        #expect(throws: CaptureRejection.amountNotPositive(.eur(minorUnits))) {
            try request(.eur(minorUnits), of: &payment)
        }
        #expect(throws: CaptureRejection.currencyMismatch(.eur, requested: .usd)) {
            try request(.usd(minorUnits), of: &payment)
        }
    }

    @Test("needs a promise that stands")
    func needsPromise() throws {
        var accepted = Example.accepted().payment
        #expect(throws: CaptureRejection.notAuthorized(.accepted)) { try request(.eur(1), of: &accepted) }
        var captured = try FactSubject.captured().payment
        #expect(throws: CaptureRejection.notAuthorized(.captured)) { try request(.eur(1), of: &captured) }
    }

    @Test("is refused while a void is on its way")
    func voidInFlight() throws {
        var subject = try Example.authorized()
        try subject.sendVoid()
        #expect(throws: CaptureRejection.voidInFlight) { try request(.eur(1), of: &subject.payment) }
    }

    @Test("keeps to what the provider can do")
    func capabilities() throws {
        var payment = try Example.authorized().payment
        var whole = ProviderCapabilities()
        whole.partialCapture = false
        #expect(throws: CaptureRejection.partialCaptureUnsupported(capturable: .eur(1_000), requested: .eur(999))) {
            try request(.eur(999), from: whole, of: &payment)
        }
        var stepped = ProviderCapabilities()
        stepped.minorUnitSteps = [Currency.eur.code: 10]
        #expect(throws: CaptureRejection.minorUnitStep(10, requested: .eur(995))) {
            try request(.eur(995), from: stepped, of: &payment)
        }
        // A provider that takes one capture takes the last one.
        #expect(try request(.eur(500), from: ProviderCapabilities(), of: &payment).isFinal)
        #expect(throws: CaptureRejection.multipleCapturesUnsupported(captured: .eur(0))) {
            try request(.eur(100), from: ProviderCapabilities(), of: &payment)
        }
    }

    @Test("is not the last one while another is unanswered")
    func finalWhileInFlight() throws {
        var payment = try Example.authorized().payment
        _ = try request(.eur(600), of: &payment)
        #expect(throws: CaptureRejection.finalWhileInFlight(.eur(600))) {
            try request(.eur(100), isFinal: true, of: &payment)
        }
        #expect(try request(.eur(400), of: &payment).isFinal == false)
    }
}
