import Ledger
import Money
import Payments
import SummaTestKit
import Testing

@Suite("Facts about a capture")
struct CaptureRaceTests {
    @Test("post claim, debt and fee, and use the promise up")
    func captured() throws {
        var subject = try Example.authorized(terms: Example.terms())
        try subject.sendCapture(nil)
        let outcome = try subject.hear(.captured(.eur(1_000), fee: .eur(39)))
        #expect(
            text(outcome.bookings) == [
                "P of 101 capture: provider:sandbox:receivable:EUR 1000 [payment 1] = merchant:acme:payable:EUR 1000",
                "P platform_fee: merchant:acme:payable:EUR 20 = fees:platform:EUR 20",
            ])
        #expect(outcome.alarms.isEmpty)
        #expect(subject.payment.status == .captured)
        #expect(subject.payment.amounts.capturesInFlight == .eur(0))
        #expect(subject.payment.amounts.feeCharged == .eur(20))
        #expect(subject.payment.holds.isEmpty)
        #expect(subject.operation?.bookings.map(\.reason) == [.capture, .platformFee])
    }

    @Test("in parts cost what one capture costs, and release the rest at the last one")
    func parts() throws {
        var subject = try Example.authorized(terms: Example.terms())
        try subject.sendCapture(.eur(333))
        _ = try subject.hear(.captured(.eur(333), fee: nil))
        #expect(subject.payment.status == .partiallyCaptured)
        #expect(subject.payment.amounts.capturable == .eur(667))
        #expect(subject.payment.amounts.feeCharged == .eur(13))
        try subject.sendCapture(.eur(500), id: 5, isFinal: true)
        let last = try subject.hear(.captured(.eur(500), fee: nil))
        #expect(
            text(last.bookings) == [
                "P of 101 capture: provider:sandbox:receivable:EUR 500 [payment 1] = merchant:acme:payable:EUR 500",
                "release 167 of 101", "P platform_fee: merchant:acme:payable:EUR 5 = fees:platform:EUR 5",
            ])
        #expect(subject.payment.status == .captured)
        #expect(subject.payment.holds.isEmpty)
    }

    @Test("said twice count once")
    func twice() throws {
        var subject = try FactSubject.captured()
        let before = subject
        #expect(try subject.hear(.captured(.eur(1_000), fee: nil)) == FactOutcome(verdict: .drop))
        #expect(subject == before)
    }

    @Test("before the authorization imply it", arguments: [CaptureMode.automatic, .manual])
    func beforeAuthorization(mode: CaptureMode) throws {
        var subject = Example.authorizing(capture: mode)
        subject.meetUnknown(.capture, .eur(1_000), origin: mode == .automatic ? .charge : .provider)
        let outcome = try subject.hear(.captured(.eur(1_000), fee: nil), movement: "cap_1")
        #expect(outcome.alarms.isEmpty)
        #expect(subject.payment.status == .captured)
        #expect(subject.payment.amounts.authorized == .eur(1_000))
        #expect(subject.authorization.state == .succeeded)
        #expect(subject.operation?.providerReference == Example.reference("cap_1"))
        #expect((subject.payment.automaticCapture != nil) == (mode == .automatic))

        subject.isOperationKnown = true
        #expect(try subject.hear(.authorized(.eur(1_000))).verdict == .drop)
    }

    @Test(
        "after the promise had ended are booked by themselves: the fact wins",
        arguments: [
            (ProviderFact.Statement.declined(FactSubject.failure), PaymentStatus.declined),
            (.failed(FactSubject.failure), .failed), (.expired, .expired), (.voided, .voided),
        ])
    func late(first: ProviderFact.Statement, status: PaymentStatus) throws {
        var subject = Example.authorizing()
        if case .voided = first { try subject.sendVoid() }
        _ = try subject.hear(first)
        #expect(subject.payment.status == status)
        subject.meetUnknown(.capture, .eur(1_000))
        let outcome = try subject.hear(.captured(.eur(1_000), fee: nil))
        #expect(
            text(outcome.bookings) == [
                "P capture: provider:sandbox:receivable:EUR 1000 [payment 1] = merchant:acme:payable:EUR 1000"
            ])
        #expect(outcome.alarms.contains(.lateSuccess))
        #expect(subject.payment.status == .captured)
    }

    @Test("while a void is on its way win: the void fails")
    func voidInFlight() throws {
        var subject = try Example.authorized()
        try subject.sendVoid()
        subject.meetUnknown(.capture, .eur(1_000))
        let outcome = try subject.hear(.captured(.eur(1_000), fee: nil))
        #expect(outcome.bookings.count == 1)
        #expect(subject.payment.status == .captured)
        #expect(subject.payment.voiding == nil)
        #expect(subject.voiding?.state == .failed)
        #expect(subject.voiding?.failure?.rawCode == "already_captured")
    }

    @Test(
        "still unanswered when a void is confirmed: a look-up decides",
        arguments: [
            ProviderFact.Statement.voided, .expired,
        ])
    func voidConfirmedWhileCapturing(statement: ProviderFact.Statement) throws {
        var subject = try Example.authorized()
        try subject.sendCapture(.eur(400))
        subject.operation = nil
        let before = subject
        let outcome = try subject.hear(statement)
        #expect(outcome.verdict == .lookUp)
        #expect(outcome.bookings.isEmpty)
        #expect(subject == before)
    }

    @Test("with another amount than asked for book theirs and say so", arguments: [300, 500])
    func otherAmount(stated: Int64) throws {
        var subject = try Example.authorized()
        try subject.sendCapture(.eur(400))
        let outcome = try subject.hear(.captured(.eur(stated), fee: nil))
        #expect(outcome.alarms == [.conflicted])
        #expect(subject.payment.amounts.captured == .eur(stated))
        #expect(subject.payment.amounts.capturesInFlight == .eur(0))
    }

    @Test("above the promise are booked and alarmed, from the provider's dashboard too")
    func aboveCeiling() throws {
        var subject = try Example.authorized()
        subject.meetUnknown(.capture, .eur(1_001))
        let outcome = try subject.hear(.captured(.eur(1_001), fee: nil))
        #expect(outcome.alarms == [.aboveCeiling])
        #expect(text(outcome.bookings).count == 2)
        #expect(subject.payment.amounts.captured == .eur(1_001))
        #expect(subject.payment.amounts.capturable == .eur(0))
    }

    @Test("in another currency go to suspense; the merchant is untouched, and a repeat is one")
    func otherCurrency() throws {
        var subject = try Example.authorized()
        try subject.sendCapture(.eur(400))
        let outcome = try subject.hear(.captured(.usd(400), fee: nil))
        #expect(
            text(outcome.bookings) == [
                "P suspense: provider:sandbox:receivable:USD 400 [payment 1] = suspense:sandbox:USD 400 [payment 1]"
            ])
        #expect(outcome.alarms == [.currencyDiffers])
        #expect(subject.payment.amounts.captured == .eur(0))
        #expect(subject.payment.amounts.capturesInFlight == .eur(0))
        #expect(try subject.hear(.captured(.usd(400), fee: nil)).verdict == .drop)
    }

    @Test("that it failed, before success, give the reservation back and keep the promise")
    func failedBefore() throws {
        var subject = try Example.authorized()
        try subject.sendCapture(nil)
        let outcome = try subject.hear(.captureFailed(FactSubject.failure))
        #expect(outcome.bookings.isEmpty)
        #expect(subject.payment.status == .authorized)
        #expect(subject.payment.amounts.capturable == .eur(1_000))
        #expect(subject.operation?.state == .failed)
        #expect(try subject.hear(.captureFailed(FactSubject.failure)).verdict == .drop)
    }

    @Test("that it failed, after success, undo claim, debt and fee; the same success again is asked about")
    func failedAfter() throws {
        var subject = try FactSubject.captured(terms: Example.terms())
        let outcome = try subject.hear(.captureFailed(FactSubject.failure))
        #expect(
            text(outcome.bookings) == [
                "R capture_failed: merchant:acme:payable:EUR 1000 = provider:sandbox:receivable:EUR 1000 [payment 1]",
                "R capture_failed: fees:platform:EUR 20 = merchant:acme:payable:EUR 20",
            ])
        #expect(outcome.alarms == [.captureFailed])
        #expect(subject.payment.status == .failed)
        #expect(subject.payment.amounts.captured == .eur(0))
        #expect(subject.payment.amounts.feeCharged == .eur(0))
        #expect(try subject.hear(.captured(.eur(1_000), fee: nil)).verdict == .lookUp)
        #expect(try subject.hear(.captureFailed(FactSubject.failure)).verdict == .drop)
    }

    @Test("that an automatic one failed leave the promise for people to use or void")
    func automaticFailed() throws {
        var subject = Example.authorizing(capture: .automatic)
        _ = try subject.hear(.authorized(.eur(1_000)))
        subject.meetUnknown(.capture, .eur(1_000), origin: .charge)
        _ = try subject.hear(.captureFailed(FactSubject.failure))
        #expect(subject.payment.status == .authorized)
        #expect(subject.payment.failure == FactSubject.failure)
        #expect(subject.payment.automaticCapture == subject.operation?.id)
    }

    @Test("that no 64 bits can add are a fault, and change nothing")
    func overflow() throws {
        var subject = try FactSubject.captured(.eur(.max))
        subject.meetUnknown(.capture, .eur(1))
        let before = subject
        #expect(throws: FactFault.arithmetic(.overflow(.eur(.max), .eur(1)))) {
            try subject.hear(.captured(.eur(1), fee: nil))
        }
        #expect(subject == before)
    }
}
