import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("Posting a capture (rows 4 to 8 and 9b)")
struct CapturePostingsTests {
    private let payment = Example.accepted(terms: Example.terms()).payment

    private func capture(_ amount: Int64) -> String {
        "capture: provider:sandbox:receivable:EUR \(amount) [payment 1] = merchant:acme:payable:EUR \(amount)"
    }

    @Test(
        "row 4 posts out of the hold, row 6 releases the rest of a final capture",
        arguments: [(1_000, []), (999, ["release 1 of 101"]), (1, ["release 999 of 101"])] as [(Int64, [String])])
    func rows4And6(amount: Int64, rest: [String]) {
        let final = PostingRules.captured(payment, .eur(amount), isFinal: true, on: FactDates())
        #expect(text(final) == ["P of 101 \(capture(amount))"] + rest)
        let partial = PostingRules.captured(payment, .eur(amount), isFinal: false, on: FactDates())
        #expect(text(partial) == ["P of 101 \(capture(amount))"])
    }

    @Test("row 7 posts by itself what is beyond the hold, or comes after it ended")
    func row7() {
        let beyond = PostingRules.captured(payment, .eur(1_001), isFinal: true, on: FactDates())
        #expect(text(beyond) == ["P of 101 \(capture(1_000))", "P \(capture(1))"])
        var ended = payment
        ended.holds = []
        #expect(text(PostingRules.captured(ended, .eur(500), isFinal: true, on: FactDates())) == ["P \(capture(500))"])
    }

    @Test("a capture keeps the provider's day and moment, as a fact")
    func dates() throws {
        let day = try #require(BookingDate(text: "2026-11-26"))
        let dates = FactDates(bookingDate: day, occurredAt: Example.noon)
        let draft = try #require(PostingRules.captured(payment, .eur(1), isFinal: false, on: dates).first?.draft)
        #expect(draft.bookingDate == day)
        #expect(draft.occurredAt == Example.noon)
        #expect(draft.authority == .fact)
    }

    @Test("row 5 takes our fee out of what we owe the merchant")
    func row5() {
        #expect(
            text(PostingRules.platformFee(payment, .eur(20), on: FactDates()))
                == ["P platform_fee: merchant:acme:payable:EUR 20 = fees:platform:EUR 20"])
        #expect(PostingRules.platformFee(payment, .eur(0), on: FactDates()).isEmpty)
    }

    @Test("row 9b expenses the provider's fee at capture only where the contract recognises it then")
    func row9b() {
        #expect(
            text(PostingRules.providerFee(payment, .eur(39), recognised: .capture, on: FactDates())) == [
                "P provider_fee: fees:provider:sandbox:EUR 39 = provider:sandbox:receivable:EUR 39 [payment 1]"
            ])
        for later in [FeeRecognition.settlement, .invoice] {
            #expect(PostingRules.providerFee(payment, .eur(39), recognised: later, on: FactDates()).isEmpty)
        }
    }

    @Test("row 8 reverses every part of the capture and our fee, today")
    func row8() throws {
        var capture = PaymentOperation(
            id: PaymentOperationID(rawValue: 2), payment: payment.id, kind: .capture, origin: .request,
            amount: .eur(1_001), createdAt: Example.noon)
        capture.bookings = [
            BookedTransaction(id: LedgerTransactionID(rawValue: 201), reason: .capture, amount: .eur(1_000)),
            BookedTransaction(id: LedgerTransactionID(rawValue: 202), reason: .capture, amount: .eur(1)),
            BookedTransaction(id: LedgerTransactionID(rawValue: 203), reason: .platformFee, amount: .eur(20)),
        ]
        let dates = FactDates(bookingDate: BookingDate(text: "2026-11-26"), occurredAt: Example.noon)
        let bookings = PostingRules.captureFailed(payment, capture, on: dates)
        #expect(
            text(bookings) == [
                "R capture_failed: merchant:acme:payable:EUR 1000 = provider:sandbox:receivable:EUR 1000 [payment 1]",
                "R capture_failed: merchant:acme:payable:EUR 1 = provider:sandbox:receivable:EUR 1 [payment 1]",
                "R capture_failed: fees:platform:EUR 20 = merchant:acme:payable:EUR 20",
            ])
        #expect(bookings.map(\.reversed) == [201, 202, 203])
        #expect(bookings.allSatisfy { $0.draft?.bookingDate == nil })
    }
}

extension Booking {
    fileprivate var reversed: Int64? {
        guard case .reverse(let id, _) = self else { return nil }
        return id.rawValue
    }
}
