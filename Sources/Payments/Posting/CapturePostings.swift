import Ledger
import Money

/// Rows 4 to 8 and 9b: the promise becomes a claim on the provider and a debt to the merchant.
extension PostingRules {
    /// Rows 4, 6 and 7. Captured, whole or in part: posted out of the holds while they last; what is beyond them, or comes
    /// after they ended, is posted by itself. A final capture gives the rest of the promise back.
    package static func captured(
        _ payment: Payment, _ amount: Amount, isFinal: Bool, on dates: FactDates
    ) -> [Booking] {
        var rest = amount.minorUnits
        var bookings: [Booking] = []
        for hold in payment.holds {
            let part = Amount(minorUnits: min(rest, hold.remaining.minorUnits), currency: amount.currency)
            rest -= part.minorUnits
            if part.isPositive {
                bookings.append(.postHold(hold.id, draft(.capture, payment.captureLegs(part), on: dates)))
            }
            let left = Amount(minorUnits: hold.remaining.minorUnits - part.minorUnits, currency: amount.currency)
            if isFinal, left.isPositive { bookings.append(.release(hold.id, left)) }
        }
        if rest > 0 {
            let beyond = Amount(minorUnits: rest, currency: amount.currency)
            bookings.append(.post(draft(.capture, payment.captureLegs(beyond), on: dates)))
        }
        return bookings
    }

    /// Row 5. Our fee, a ledger transaction of its own beside the capture.
    package static func platformFee(_ payment: Payment, _ fee: Amount, on dates: FactDates) -> [Booking] {
        fee.isPositive ? [.post(draft(.platformFee, payment.platformFeeLegs(fee), on: dates))] : []
    }

    /// Row 9b. The provider's fee where it is recognised at capture; the remittance then moves what is left.
    package static func providerFee(
        _ payment: Payment, _ fee: Amount, recognised: FeeRecognition, on dates: FactDates
    ) -> [Booking] {
        guard recognised == .capture, fee.isPositive else { return [] }
        return [.post(draft(.providerFee, payment.providerFeeLegs(fee), on: dates))]
    }

    /// Row 8. A capture failed after it had succeeded: claim and debt leave, and our fee with them. One in another currency
    /// than the payment's leaves suspense.
    package static func captureFailed(_ payment: Payment, _ capture: PaymentOperation, on dates: FactDates) -> [Booking]
    {
        let captures = capture.transactions(for: .capture)
        let fees = capture.transactions(for: .platformFee)
        let suspended = capture.transactions(for: .suspense)
        return reversals(of: captures, as: .captureFailed, on: dates.today) { payment.captureLegs($0.amount) }
            + reversals(of: fees, as: .captureFailed, on: dates.today) { payment.platformFeeLegs($0.amount) }
            + reversals(of: suspended, as: .captureFailed, on: dates.today) {
                payment.suspendedLegs($0.amount, owes: .provider)
            }
    }
}
