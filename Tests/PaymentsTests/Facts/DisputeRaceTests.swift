import Ledger
import Money
import Payments
import SummaTestKit
import Testing

@Suite("Facts about a dispute")
struct DisputeRaceTests {
    private func disputed(
        _ statement: ProviderFact.Statement = .chargebackOpened(.eur(400), fee: .eur(15)), terms: PaymentTerms? = nil
    ) throws -> FactSubject {
        var subject = try FactSubject.captured(terms: terms)
        subject.meetDispute(.eur(400))
        _ = try subject.hear(statement)
        return subject
    }

    @Test("take the money, reserve the merchant's, and open a work item")
    func opened() throws {
        var subject = try FactSubject.captured()
        subject.meetDispute(.eur(400))
        let outcome = try subject.hear(.chargebackOpened(.eur(400), fee: .eur(15)))
        #expect(outcome.bookings.count == 4)
        #expect(outcome.alarms == [.dispute])
        #expect(subject.payment.isDisputed)
        #expect(subject.payment.status == .captured)
        #expect(subject.payment.amounts.refundable == .eur(600))
        #expect(subject.dispute?.hold?.remaining == .eur(400))
    }

    @Test("of an inquiry move nothing")
    func inquiry() throws {
        var subject = try FactSubject.captured()
        subject.meetDispute(.eur(400))
        let outcome = try subject.hear(.inquiryOpened(.eur(400)))
        #expect(outcome.bookings.isEmpty)
        #expect(outcome.alarms == [.inquiry])
        #expect(!subject.payment.isDisputed)
        #expect(try subject.hear(.chargebackWon(.eur(400), feeReturned: nil)).bookings.isEmpty)
    }

    @Test("won restore everything but the fee the provider keeps")
    func won() throws {
        var subject = try disputed()
        let outcome = try subject.hear(.chargebackWon(.eur(400), feeReturned: nil))
        #expect(text(outcome.bookings).map { $0.prefix { $0 != ":" } } == ["P chargeback_reversal", "void 1002"])
        #expect(!subject.payment.isDisputed)
        #expect(subject.payment.amounts.lost == .eur(0))
        #expect(subject.payment.amounts.refundable == .eur(1_000))
        #expect(subject.dispute?.state == .won)
        #expect(try subject.hear(.chargebackWon(.eur(400), feeReturned: nil)).verdict == .drop)
    }

    @Test("lost are borne, and stay out of what may be refunded")
    func lost() throws {
        var subject = try disputed()
        let outcome = try subject.hear(.chargebackLost(.eur(400)))
        #expect(text(outcome.bookings).map { $0.prefix { $0 != ":" } } == ["P of 1002 dispute_lost"])
        #expect(subject.payment.amounts.lost == .eur(400))
        #expect(subject.payment.amounts.refundable == .eur(600))
        #expect(subject.dispute?.hold == nil)
    }

    @Test("said twice count once")
    func twice() throws {
        var subject = try disputed()
        let before = subject
        #expect(try subject.hear(.chargebackOpened(.eur(400), fee: .eur(15))).verdict == .drop)
        #expect(subject == before)
    }

    @Test("on money that was refunded are booked, and are a double loss")
    func doubleLoss() throws {
        var subject = try FactSubject.captured()
        try subject.sendRefund(.eur(700))
        _ = try subject.hear(.refunded(.eur(700), fee: nil))
        subject.meetDispute(.eur(400))
        let outcome = try subject.hear(.chargebackOpened(.eur(400), fee: nil))
        #expect(outcome.alarms == [.dispute, .doubleLoss])
        #expect(outcome.bookings.count == 2)
    }

    @Test(
        "that closed without having opened imply the opening, and are flagged",
        arguments: [
            ProviderFact.Statement.chargebackWon(.eur(400), feeReturned: nil), .chargebackLost(.eur(400)),
        ])
    func closedUnopened(statement: ProviderFact.Statement) throws {
        var subject = try FactSubject.captured()
        subject.meetDispute(.eur(400))
        let outcome = try subject.hear(statement)
        #expect(outcome.alarms == [.conflicted])
        #expect(outcome.bookings.count == 2)
        #expect(disputesBalance(outcome.bookings) == 0)
        #expect(!subject.payment.isDisputed)
    }

    @Test("won after they were lost, and lost after they were won, leave the dispute account at zero")
    func turned() throws {
        var subject = try disputed()
        var bookings = try subject.hear(.chargebackLost(.eur(400))).bookings
        let won = try subject.hear(.chargebackWon(.eur(400), feeReturned: nil))
        #expect(won.alarms == [.conflicted])
        bookings += won.bookings
        #expect(subject.payment.amounts.lost == .eur(0))
        #expect(disputesBalance(bookings) == -400)  // beside the opening's 400

        let lost = try subject.hear(.chargebackLost(.eur(400)))
        #expect(lost.alarms == [.conflicted])
        #expect(disputesBalance(lost.bookings) == 0)
        #expect(subject.payment.amounts.lost == .eur(400))
        #expect(subject.dispute?.state == .lost)
    }

    @Test("lost at another amount book theirs, release the rest of the reservation, and say so")
    func otherAmount() throws {
        var subject = try disputed()
        let outcome = try subject.hear(.chargebackLost(.eur(300)))
        #expect(outcome.alarms == [.conflicted])
        #expect(
            text(outcome.bookings).map { $0.prefix { $0 != ":" } } == ["P of 1002 dispute_lost", "release 100 of 1002"])
        #expect(subject.payment.amounts.lost == .eur(300))
    }

    /// Debits less credits posted on the account of open disputes.
    private func disputesBalance(_ bookings: [Booking]) -> Int64 {
        bookings.compactMap(\.draft).filter { $0.phase == .posted }.flatMap(\.postings).reduce(0) { sum, posting in
            guard case .path(let path) = posting.account, path.text.hasPrefix("disputes:") else { return sum }
            return sum + posting.side.rawValue * posting.amount.minorUnits
        }
    }
}
