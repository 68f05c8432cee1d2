import Ledger
import Money
import Payments
import SummaTestKit
import Testing

@Suite("Posting a refund (rows 12 to 14)")
struct RefundPostingsTests {
    private let payment = Example.accepted(terms: Example.terms()).payment
    private let hold = OpenHold(id: Example.refundHold, remaining: .eur(400))

    private func refund(_ amount: Int64) -> String {
        "refund: merchant:acme:payable:EUR \(amount) = provider:sandbox:receivable:EUR \(amount) [payment 1]"
    }

    @Test("row 12 reserves the merchant's funds without a timer")
    func row12() {
        let booking = PostingRules.refundRequested(payment, .eur(400))
        #expect(text(booking) == "H \(refund(400))")
        #expect(booking.draft?.phase == .pending(.reservation))
        #expect(booking.draft?.authority == .request)
    }

    @Test(
        "row 13 posts out of the reservation, releases what it leaves, and posts by itself what is beyond",
        arguments: [
            (400, ["P of 102 R400"]), (399, ["P of 102 R399", "release 1 of 102"]), (401, ["P of 102 R400", "P R1"]),
        ] as [(Int64, [String])])
    func row13(amount: Int64, expected: [String]) {
        let bookings = PostingRules.refunded(payment, .eur(amount), hold: hold, on: FactDates())
        let lines = expected.map { line in
            guard let mark = line.lastIndex(of: "R"), let part = Int64(line[line.index(after: mark)...]) else {
                return line
            }
            return line[..<mark] + refund(part)
        }
        #expect(text(bookings) == lines)
    }

    @Test("row 13 without a reservation posts it whole, and never on a day of the past")
    func row13Unasked() throws {
        let dates = FactDates(bookingDate: BookingDate(text: "2026-01-01"), occurredAt: Example.noon)
        let bookings = PostingRules.refunded(payment, .eur(400), hold: nil, on: dates)
        #expect(text(bookings) == ["P \(refund(400))"])
        #expect(bookings.first?.draft?.bookingDate == nil)
        #expect(bookings.first?.draft?.occurredAt == Example.noon)
    }

    @Test("row 13b returns our fee and pays the provider's refund fee")
    func row13b() {
        #expect(
            text(PostingRules.feeReturned(payment, .eur(8), on: FactDates()))
                == ["P fee_return: fees:platform:EUR 8 = merchant:acme:payable:EUR 8"])
        #expect(
            text(PostingRules.refundFee(payment, .eur(5), on: FactDates())) == [
                "P provider_fee: fees:provider:sandbox:EUR 5 = provider:sandbox:receivable:EUR 5 [payment 1]"
            ])
        #expect(PostingRules.feeReturned(payment, .eur(0), on: FactDates()).isEmpty)
        #expect(PostingRules.refundFee(payment, .eur(0), on: FactDates()).isEmpty)
    }

    @Test("row 14 before success ends the reservation")
    func row14Before() {
        #expect(text(PostingRules.refundFailed(hold: Example.refundHold)) == ["void 102"])
        #expect(PostingRules.refundFailed(hold: nil).isEmpty)
    }

    @Test("row 14 after success undoes the refund and the return of our fee")
    func row14After() {
        var operation = PaymentOperation(
            id: PaymentOperationID(rawValue: 3), payment: payment.id, kind: .refund, origin: .request,
            amount: .eur(400), createdAt: Example.noon)
        operation.bookings = [
            BookedTransaction(id: LedgerTransactionID(rawValue: 301), reason: .refund, amount: .eur(400)),
            BookedTransaction(id: LedgerTransactionID(rawValue: 302), reason: .feeReturn, amount: .eur(8)),
            BookedTransaction(id: LedgerTransactionID(rawValue: 303), reason: .providerFee, amount: .eur(5)),
        ]
        #expect(
            text(PostingRules.refundUndone(payment, operation, on: FactDates())) == [
                "R refund_failed: provider:sandbox:receivable:EUR 400 [payment 1] = merchant:acme:payable:EUR 400",
                "R refund_failed: merchant:acme:payable:EUR 8 = fees:platform:EUR 8",
            ])
    }
}
