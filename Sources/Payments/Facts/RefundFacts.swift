import Ledger
import Money

/// What a provider's word about a refund does.
extension FactSubject {
    mutating func refund(
        _ amount: Amount, _ fee: Amount?, _ dates: FactDates, _ outcome: inout FactOutcome
    ) throws(AmountError) {
        if let operation, operation.origin == .request, operation.amount != amount {
            outcome.alarms.insert(.conflicted)
        }
        try endReservation(\.refundsInFlight)
        book(PostingRules.refunded(payment, amount, hold: operation?.hold, on: dates), &outcome)
        try payment.amounts.add(amount, to: \.refunded)
        book(try returnFee(dates), &outcome)
        if let fee { book(PostingRules.refundFee(payment, fee, on: dates), &outcome) }
        closeOperation(.succeeded)
        checkCeilings(&outcome)
    }

    /// Before success the reservation ends; afterwards the refund is undone, and the payer has to be paid another way.
    mutating func refundFailed(
        _ failure: ProviderFailure, _ dates: FactDates, _ outcome: inout FactOutcome
    ) throws(AmountError) {
        try endReservation(\.refundsInFlight)
        if let refund = operation, refund.state == .succeeded {
            book(PostingRules.refundUndone(payment, refund, on: dates), &outcome)
            for booked in refund.bookings where booked.reason == .refund {
                try payment.amounts.take(booked.amount, from: \.refunded)
            }
            for booked in refund.bookings where booked.reason == .feeReturn {
                try payment.amounts.take(booked.amount, from: \.feeReturned)
            }
            operation?.isUndone = true
            operation?.bookings.removeAll { [.refund, .feeReturn, .suspense].contains($0.reason) }
            outcome.alarms.insert(.refundFailed)
        } else {
            book(PostingRules.refundFailed(hold: operation?.hold?.id), &outcome)
        }
        closeOperation(.failed, failure)
    }

    /// Row 13b, cumulative: the share due on all that was refunded, less what was returned before.
    private mutating func returnFee(_ dates: FactDates) throws(AmountError) -> [Booking] {
        guard payment.terms.feeOnRefund == .proportional else { return [] }
        let amounts = payment.amounts
        let due = try payment.terms.fee.returned(
            ofFee: amounts.feeCharged, refunded: amounts.refunded, captured: amounts.captured)
        let fee = try due.subtracting(amounts.feeReturned)
        guard fee.isPositive else { return [] }
        try payment.amounts.add(fee, to: \.feeReturned)
        return PostingRules.feeReturned(payment, fee, on: dates)
    }
}
