import Ledger
import Money
import Payments
import SummaTestKit
import Testing

@Suite("Posting a dispute (rows 16 to 19)")
struct DisputePostingsTests {
    private var payment: Payment { Example.accepted().payment }

    private var platformLiable: Payment {
        var terms = Example.free()
        terms.chargebackLiability = .platform
        terms.passesDisputeFee = false
        return Example.accepted(terms: terms).payment
    }

    private func dispute(holding amount: Int64? = nil) -> Dispute {
        var dispute = Dispute(
            id: DisputeID(rawValue: 7), payment: payment.id, providerReference: Example.reference("dp_1"),
            openedAt: Example.noon, amount: .eur(400))
        dispute.hold = amount.map { OpenHold(id: LedgerTransactionID(rawValue: 104), remaining: .eur($0)) }
        return dispute
    }

    @Test("rows 16 and 16b take the money and reserve the merchant's, without a timer")
    func row16() {
        let bookings = PostingRules.chargebackTaken(payment, dispute(), .eur(400), on: FactDates())
        #expect(
            text(bookings) == [
                "P chargeback: disputes:sandbox:receivable:EUR 400 [dispute 7] = "
                    + "provider:sandbox:receivable:EUR 400 [payment 1]",
                "H dispute: merchant:acme:payable:EUR 400 = disputes:sandbox:receivable:EUR 400 [dispute 7]",
            ])
        #expect(bookings.last?.draft?.phase == .pending(.reservation))
        #expect(bookings.last?.draft?.authority == .fact)
    }

    @Test("row 16 reserves nothing where we are liable")
    func row16Ours() {
        #expect(PostingRules.chargebackTaken(platformLiable, dispute(), .eur(400), on: FactDates()).count == 1)
    }

    @Test("row 17 pays the dispute fee, and shows its recovery gross")
    func row17() {
        #expect(
            text(PostingRules.disputeFee(payment, .eur(15), on: FactDates())) == [
                "P dispute_fee: fees:provider:sandbox:EUR 15 = provider:sandbox:receivable:EUR 15 [payment 1]",
                "P dispute_fee: merchant:acme:payable:EUR 15 = fees:platform:EUR 15",
            ])
        #expect(PostingRules.disputeFee(platformLiable, .eur(15), on: FactDates()).count == 1)
        #expect(PostingRules.disputeFee(payment, .eur(0), on: FactDates()).isEmpty)
    }

    @Test("row 18 restores the claim, ends the reservation, and returns the fee only if the provider does")
    func row18() {
        let won =
            "P chargeback_reversal: provider:sandbox:receivable:EUR 400 [payment 1] = "
            + "disputes:sandbox:receivable:EUR 400 [dispute 7]"
        #expect(
            text(PostingRules.chargebackWon(payment, dispute(holding: 400), .eur(400), on: FactDates()))
                == [won, "void 104"])
        #expect(text(PostingRules.chargebackWon(payment, dispute(), .eur(400), on: FactDates())) == [won])
        #expect(
            text(PostingRules.disputeFeeReturned(payment, .eur(15), on: FactDates())) == [
                "P dispute_fee: provider:sandbox:receivable:EUR 15 [payment 1] = fees:provider:sandbox:EUR 15",
                "P dispute_fee: fees:platform:EUR 15 = merchant:acme:payable:EUR 15",
            ])
    }

    @Test("row 19 lets the merchant bear the loss out of its reservation, or us")
    func row19() {
        #expect(
            text(PostingRules.chargebackLost(payment, dispute(holding: 400), .eur(400), on: FactDates())) == [
                "P of 104 dispute_lost: merchant:acme:payable:EUR 400 = disputes:sandbox:receivable:EUR 400 [dispute 7]"
            ])
        #expect(
            text(PostingRules.chargebackLost(platformLiable, dispute(), .eur(400), on: FactDates())) == [
                "P dispute_lost: losses:chargeback:EUR 400 = disputes:sandbox:receivable:EUR 400 [dispute 7]"
            ])
    }

    @Test("partly won is 18 for what came back and 19 for the rest; the dispute account ends at zero")
    func partlyWon() throws {
        var subject = try FactSubject.captured()
        subject.meetDispute(.eur(400))
        var bookings = try subject.hear(.chargebackOpened(.eur(400), fee: nil)).bookings
        let won = try subject.hear(.chargebackWon(.eur(150), feeReturned: nil))
        bookings += won.bookings
        #expect(
            text(won.bookings).map { $0.prefix { $0 != ":" } }
                == ["P chargeback_reversal", "release 150 of 1002", "P of 1002 dispute_lost"])
        #expect(posted(bookings, on: "disputes:sandbox:receivable:EUR") == 0)
        #expect(posted(bookings, on: "merchant:acme:payable:EUR") == 250)
        #expect(subject.payment.amounts.lost == .eur(250))
        #expect(subject.payment.amounts.disputed == .eur(0))
        #expect(subject.dispute?.hold == nil)
    }

    /// Debits less credits posted on one account.
    private func posted(_ bookings: [Booking], on path: String) -> Int64 {
        bookings.reduce(0) { sum, booking in
            guard let draft = booking.draft, draft.phase == .posted else { return sum }
            return draft.postings.reduce(sum) { sum, posting in
                guard case .path(let account) = posting.account, account.text == path else { return sum }
                return sum + posting.side.rawValue * posting.amount.minorUnits
            }
        }
    }
}
