import Ledger
import Money

/// Rows 1 to 3: the memo that mirrors an issuer's promise, outside the balance sheet.
extension PostingRules {
    /// Row 1. A charge was accepted: the pair the capture will post, held.
    /// - Parameter authority: A fact where the provider accepted it, and these books only learn of it.
    package static func chargeAccepted(_ payment: Payment, by authority: PostingAuthority = .request) -> Booking {
        promise(payment, payment.amounts.requested, authority: authority)
    }

    /// Row 2. Authorized: for as much as is held, nothing; for less, the difference is released, what was held last first;
    /// for more, the difference is held. Where two holds stand already, the second is replaced.
    /// - Parameter promised: What may still be captured by the issuer's word.
    package static func authorized(_ payment: Payment, promised: Amount, on dates: FactDates) -> [Booking] {
        let held = payment.holds.reduce(Int128(0)) { $0 + Int128($1.remaining.minorUnits) }
        let difference = Int128(promised.minorUnits) - held
        if difference < 0 { return release(-difference, from: payment.holds) }
        if difference == 0 { return [] }
        guard payment.holds.count == 2, let first = payment.holds.first, let second = payment.holds.last else {
            return [promise(payment, amount(difference, promised), authority: .fact, on: dates)]
        }
        let beyondFirst = Int128(promised.minorUnits) - Int128(first.remaining.minorUnits)
        return [
            .void(second.id), promise(payment, amount(beyondFirst, promised), authority: .fact, on: dates),
        ]
    }

    /// Row 3. Declined, failed, voided or expired, and confirmed: nothing moved.
    package static func authorizationEnded(_ payment: Payment) -> [Booking] {
        payment.holds.map { .void($0.id) }
    }

    private static func promise(
        _ payment: Payment, _ amount: Amount, authority: PostingAuthority, on dates: FactDates = FactDates()
    ) -> Booking {
        .hold(
            draft(
                .authorization, payment.captureLegs(amount), phase: .pending(.mirror), authority: authority,
                on: dates.today))
    }

    private static func release(_ total: Int128, from holds: [OpenHold]) -> [Booking] {
        var rest = total
        var bookings: [Booking] = []
        for hold in holds.reversed() where rest > 0 {
            let part = min(rest, Int128(hold.remaining.minorUnits))
            let whole = part == Int128(hold.remaining.minorUnits)
            bookings.append(whole ? .void(hold.id) : .release(hold.id, amount(part, hold.remaining)))
            rest -= part
        }
        return bookings
    }

    /// A part of an amount, which fits because the whole does.
    private static func amount(_ part: Int128, _ whole: Amount) -> Amount {
        Amount(minorUnits: Int64(part), currency: whole.currency)
    }
}
