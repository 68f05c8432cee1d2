import Ledger
import Money

/// What a fact does beside changing the payment: what is booked, who is told, and what is asked next.
package struct FactOutcome: Hashable, Sendable {
    package var verdict: Verdict
    package var bookings: [Booking] = []
    package var alarms: Set<FactAlarm> = []
    /// Operations whose truth the provider must be asked for.
    package var lookUps: [PaymentOperationID] = []
    /// The policy gives a late success back: a void if it is authorized, a refund if it is captured.
    package var returnsLateSuccess = false

    package init(verdict: Verdict) {
        self.verdict = verdict
    }
}

/// What a person must be told of a fact.
package enum FactAlarm: String, Hashable, Sendable, CaseIterable {
    /// It does not agree with what we asked for or knew.
    case conflicted
    case lateSuccess = "late_success"
    /// More was captured than authorized, or more returned than captured.
    case aboveCeiling = "above_ceiling"
    /// It names another currency than the payment's: booked to suspense.
    case currencyDiffers = "currency_differs"
    /// A chargeback on money that was also refunded.
    case doubleLoss = "double_loss"
    case dispute
    case inquiry
    /// The payer has neither the goods' price nor, now, the refund.
    case refundFailed = "refund_failed_afterwards"
    case captureFailed = "capture_failed_afterwards"
}

/// Why a fact cannot be applied at all. It is kept and shown to a person; money it speaks of is not lost from sight.
package enum FactFault: Error, Hashable {
    case amountNotPositive(Amount)
    case arithmetic(AmountError)
}
