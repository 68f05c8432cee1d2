import Ledger
import Money

/// Rows 12 to 14: captured money goes back to the payer.
extension PostingRules {
    /// Row 12. A refund was requested: the merchant's funds are reserved until the provider has answered.
    package static func refundRequested(_ payment: Payment, _ amount: Amount) -> Booking {
        .hold(draft(.refund, payment.refundLegs(amount), phase: .pending(.reservation), authority: .request))
    }

    /// Row 13. Refunded: out of the reservation as far as it goes; what it leaves is released. Booked today, never backdated.
    /// - Parameter hold: Nil when nothing reserves the funds: the provider began it, or we had taken it for failed.
    package static func refunded(
        _ payment: Payment, _ amount: Amount, hold: OpenHold?, on dates: FactDates
    ) -> [Booking] {
        post(amount, outOf: hold, as: .refund, on: dates.today, legs: payment.refundLegs)
    }

    /// Row 13b. Our fee, or its share, returned to the merchant.
    package static func feeReturned(_ payment: Payment, _ fee: Amount, on dates: FactDates) -> [Booking] {
        let legs = payment.platformFeeLegs(fee).map(\.swapped)
        return fee.isPositive ? [.post(draft(.feeReturn, legs, on: dates.today))] : []
    }

    /// Row 13b. What the provider takes for the refund. Its original fee is not returned.
    package static func refundFee(_ payment: Payment, _ fee: Amount, on dates: FactDates) -> [Booking] {
        fee.isPositive ? [.post(draft(.providerFee, payment.providerFeeLegs(fee), on: dates.today))] : []
    }

    /// Row 14, before success: the reservation ends.
    package static func refundFailed(hold: LedgerTransactionID?) -> [Booking] {
        hold.map { [.void($0)] } ?? []
    }

    /// Row 14, after success: the refund is undone, and with it the return of our fee. One in another currency than the
    /// payment's leaves suspense.
    package static func refundUndone(_ payment: Payment, _ refund: PaymentOperation, on dates: FactDates) -> [Booking] {
        let refunds = refund.transactions(for: .refund)
        let returns = refund.transactions(for: .feeReturn)
        let suspended = refund.transactions(for: .suspense)
        return reversals(of: refunds, as: .refundFailed, on: dates.today) { payment.refundLegs($0.amount) }
            + reversals(of: returns, as: .refundFailed, on: dates.today) {
                payment.platformFeeLegs($0.amount).map(\.swapped)
            }
            + reversals(of: suspended, as: .refundFailed, on: dates.today) {
                payment.suspendedLegs($0.amount, owes: .platform)
            }
    }
}
