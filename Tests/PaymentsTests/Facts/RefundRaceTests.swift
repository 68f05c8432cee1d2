import Ledger
import Money
import Payments
import SummaTestKit
import Testing

@Suite("Facts about a refund")
struct RefundRaceTests {
    @Test("post out of the reservation and return our fee in proportion")
    func refunded() throws {
        var subject = try FactSubject.captured(terms: Example.terms())
        try subject.sendRefund(.eur(400))
        let outcome = try subject.hear(.refunded(.eur(400), fee: .eur(5)))
        #expect(
            text(outcome.bookings) == [
                "P of 102 refund: merchant:acme:payable:EUR 400 = provider:sandbox:receivable:EUR 400 [payment 1]",
                "P fee_return: fees:platform:EUR 8 = merchant:acme:payable:EUR 8",
                "P provider_fee: fees:provider:sandbox:EUR 5 = provider:sandbox:receivable:EUR 5 [payment 1]",
            ])
        #expect(subject.payment.amounts.refunded == .eur(400))
        #expect(subject.payment.amounts.refundsInFlight == .eur(0))
        #expect(subject.payment.amounts.refundable == .eur(600))
        #expect(subject.operation?.hold == nil)
    }

    @Test("keep our fee where the terms say so")
    func feeKept() throws {
        var terms = Example.terms()
        terms.feeOnRefund = .keep
        var subject = try FactSubject.captured(terms: terms)
        try subject.sendRefund(nil)
        #expect(try subject.hear(.refunded(.eur(1_000), fee: nil)).bookings.count == 1)
        #expect(subject.payment.amounts.feeReturned == .eur(0))
    }

    @Test("said twice count once")
    func twice() throws {
        var subject = try FactSubject.captured()
        try subject.sendRefund(.eur(400))
        _ = try subject.hear(.refunded(.eur(400), fee: nil))
        let before = subject
        #expect(try subject.hear(.refunded(.eur(400), fee: nil)).verdict == .drop)
        #expect(subject == before)
    }

    @Test("that it failed, before success, give the reservation back and restore the ceiling")
    func failedBefore() throws {
        var subject = try FactSubject.captured()
        try subject.sendRefund(.eur(400))
        let outcome = try subject.hear(.refundFailed(FactSubject.failure))
        #expect(text(outcome.bookings) == ["void 102"])
        #expect(outcome.alarms.isEmpty)
        #expect(subject.payment.amounts.refundable == .eur(1_000))
        #expect(subject.operation?.state == .failed)
    }

    @Test("that it failed, after success, undo it with the fee's return, and restore the ceiling")
    func failedAfter() throws {
        var subject = try FactSubject.captured(terms: Example.terms())
        try subject.sendRefund(.eur(400))
        _ = try subject.hear(.refunded(.eur(400), fee: nil))
        let outcome = try subject.hear(.refundFailed(FactSubject.failure))
        #expect(
            text(outcome.bookings) == [
                "R refund_failed: provider:sandbox:receivable:EUR 400 [payment 1] = merchant:acme:payable:EUR 400",
                "R refund_failed: merchant:acme:payable:EUR 8 = fees:platform:EUR 8",
            ])
        #expect(outcome.alarms == [.refundFailed])
        #expect(subject.payment.amounts.refunded == .eur(0))
        #expect(subject.payment.amounts.feeReturned == .eur(0))
        #expect(subject.payment.amounts.refundable == .eur(1_000))
        // The first success, told again out of order, is not believed without asking.
        #expect(try subject.hear(.refunded(.eur(400), fee: nil)).verdict == .lookUp)
    }

    @Test(
        "return the exact fee of a full refund, whatever its parts, with one that failed between",
        arguments: [
            [500, 500], [333, 333, 334], [1, 998, 1], [7, 400, 593],
        ])
    func exactFee(parts: [Int64]) throws {
        var subject = try FactSubject.captured(terms: Example.terms())
        for (index, part) in parts.enumerated() {
            try subject.sendRefund(.eur(part), id: Int64(20 + 2 * index))
            _ = try subject.hear(.refunded(.eur(part), fee: nil))
            if index == 0 {
                _ = try subject.hear(.refundFailed(FactSubject.failure))
                try subject.sendRefund(.eur(part), id: 99)
                _ = try subject.hear(.refunded(.eur(part), fee: nil))
            }
        }
        #expect(subject.payment.amounts.refunded == .eur(1_000))
        #expect(subject.payment.amounts.feeReturned == .eur(20))
    }

    @Test(
        "made in the provider's dashboard are posted; above the ceiling they are alarmed",
        arguments: [
            (1_000, []), (1_001, [FactAlarm.aboveCeiling]),
        ] as [(Int64, Set<FactAlarm>)])
    func dashboard(amount: Int64, alarms: Set<FactAlarm>) throws {
        var subject = try FactSubject.captured()
        subject.meetUnknown(.refund, .eur(amount))
        let outcome = try subject.hear(.refunded(.eur(amount), fee: nil))
        #expect(
            text(outcome.bookings) == [
                "P refund: merchant:acme:payable:EUR \(amount) = provider:sandbox:receivable:EUR \(amount) [payment 1]"
            ])
        #expect(outcome.alarms == alarms)
        #expect(subject.payment.amounts.refunded == .eur(amount))
    }

    @Test("beside one of ours in flight count against the ceiling together")
    func besideInFlight() throws {
        var subject = try FactSubject.captured()
        try subject.sendRefund(.eur(600))
        subject.meetUnknown(.refund, .eur(401))
        #expect(try subject.hear(.refunded(.eur(401), fee: nil)).alarms == [.aboveCeiling])
    }

    @Test("of money nobody captured are booked and flagged")
    func nothingCaptured() throws {
        var subject = try Example.authorized()
        subject.meetUnknown(.refund, .eur(1))
        let outcome = try subject.hear(.refunded(.eur(1), fee: nil))
        #expect(outcome.bookings.count == 1)
        #expect(outcome.alarms == [.conflicted, .aboveCeiling])
    }

    @Test("after we had taken it for failed are booked and flagged")
    func afterFailure() throws {
        var subject = try FactSubject.captured()
        try subject.sendRefund(.eur(400))
        _ = try subject.hear(.refundFailed(FactSubject.failure))
        let outcome = try subject.hear(.refunded(.eur(400), fee: nil))
        #expect(outcome.bookings.count == 1)
        #expect(outcome.alarms == [.conflicted])
        #expect(!subject.payment.isLateSuccess)
        #expect(subject.payment.amounts.refunded == .eur(400))
    }

    @Test("in another currency end the reservation and go to suspense")
    func otherCurrency() throws {
        var subject = try FactSubject.captured()
        try subject.sendRefund(.eur(400))
        let outcome = try subject.hear(.refunded(.usd(400), fee: nil))
        #expect(
            text(outcome.bookings) == [
                "void 102",
                "P suspense: suspense:sandbox:USD 400 [payment 1] = provider:sandbox:receivable:USD 400 [payment 1]",
            ])
        #expect(subject.payment.amounts.refunded == .eur(0))
        #expect(subject.payment.amounts.refundsInFlight == .eur(0))
    }
}
