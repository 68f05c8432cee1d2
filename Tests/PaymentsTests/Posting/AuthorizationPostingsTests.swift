import Ledger
import Payments
import SummaTestKit
import Testing

@Suite("Posting the promise (rows 1 to 3)")
struct AuthorizationPostingsTests {
    private let pair = (
        debit: "provider:sandbox:receivable:EUR", credit: "merchant:acme:payable:EUR"
    )

    private func hold(_ amount: Int64) -> String {
        "H authorization: \(pair.debit) \(amount) [payment 1] = \(pair.credit) \(amount)"
    }

    @Test("row 1 holds what the capture will post, as a memo that gates nothing")
    func row1() {
        let booking = PostingRules.chargeAccepted(Example.accepted().payment)
        #expect(text(booking) == hold(1_000))
        #expect(booking.draft?.phase == .pending(.mirror))
        #expect(booking.draft?.authority == .request)
    }

    @Test(
        "row 2 leaves the hold, releases the difference, or holds it",
        arguments: [
            (1_000, []), (999, ["release 1 of 101"]), (1, ["release 999 of 101"]),
            (1_001, ["H authorization: provider:sandbox:receivable:EUR 1 [payment 1] = merchant:acme:payable:EUR 1"]),
        ] as [(Int64, [String])])
    func row2(promised: Int64, expected: [String]) {
        let bookings = PostingRules.authorized(Example.accepted().payment, promised: .eur(promised), on: FactDates())
        #expect(text(bookings) == expected)
    }

    @Test("row 2 keeps two holds at most: the second is replaced, or released first")
    func row2Twice() {
        var payment = Example.accepted().payment
        payment.holds.append(OpenHold(id: LedgerTransactionID(rawValue: 103), remaining: .eur(200)))
        #expect(
            text(PostingRules.authorized(payment, promised: .eur(1_500), on: FactDates())) == ["void 103", hold(500)])
        #expect(
            text(PostingRules.authorized(payment, promised: .eur(1_100), on: FactDates())) == ["release 100 of 103"])
        #expect(
            text(PostingRules.authorized(payment, promised: .eur(900), on: FactDates()))
                == ["void 103", "release 100 of 101"])
    }

    @Test("row 3 ends every hold and posts nothing")
    func row3() {
        #expect(text(PostingRules.authorizationEnded(Example.accepted().payment)) == ["void 101"])
    }
}
