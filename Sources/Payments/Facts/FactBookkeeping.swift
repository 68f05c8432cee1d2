import Ledger
import Money

/// Steps that several kinds of fact share.
extension FactSubject {
    /// Adds bookings to the outcome and keeps what they leave of the holds.
    mutating func book(_ bookings: [Booking], _ outcome: inout FactOutcome) {
        outcome.bookings += bookings
        payment.holds = payment.holds.compactMap { $0.after(bookings) }
        if let hold = operation?.hold { operation?.hold = hold.after(bookings) }
        if let hold = dispute?.hold { dispute?.hold = hold.after(bookings) }
    }

    mutating func closeAuthorization(_ state: OperationState, _ failure: ProviderFailure? = nil) {
        authorization = closed(authorization, state, failure)
    }

    /// Closes the capture, void or refund the fact speaks of.
    mutating func closeOperation(_ state: OperationState, _ failure: ProviderFailure? = nil) {
        guard let operation else { return }
        self.operation = closed(operation, state, failure)
    }

    /// The operation with its answer; if it was in doubt, the doubt is over.
    mutating func closed(
        _ operation: PaymentOperation, _ state: OperationState, _ failure: ProviderFailure?
    ) -> PaymentOperation {
        if operation.state == .inDoubt { payment.doubtCount = max(0, payment.doubtCount - 1) }
        var closed = operation
        closed.state = state
        closed.failure = failure
        return closed
    }

    /// Ends the reservation a request had made, if the operation was one and is still open.
    mutating func endReservation(
        _ sum: WritableKeyPath<PaymentAmounts, Amount>
    ) throws(AmountError) {
        guard let operation, isOperationKnown, operation.state.isOpen else { return }
        try payment.amounts.take(operation.amount, from: sum)
    }

    /// Raises the alarms of sums that have passed their ceilings.
    func checkCeilings(_ outcome: inout FactOutcome) {
        if payment.amounts.isOvercaptured { outcome.alarms.insert(.aboveCeiling) }
        guard payment.amounts.isOverreturned else { return }
        let isTaken = payment.amounts.disputed.isPositive || payment.amounts.lost.isPositive
        outcome.alarms.insert(isTaken ? .doubleLoss : .aboveCeiling)
    }

    /// A fact in another currency: the provider's claim or debt stands against suspense, the merchant is untouched, and a
    /// person decides. The operation counts as done, so that a repeat is not booked again, and a failure afterwards undoes it.
    mutating func suspend(
        _ fact: ProviderFact, _ amount: Amount, _ dates: FactDates, _ outcome: inout FactOutcome
    ) throws(AmountError) {
        outcome.alarms.insert(.currencyDiffers)
        switch fact.kind {
        case .captured:
            try endReservation(\.capturesInFlight)
            book([PostingRules.suspended(payment, amount, owes: .provider, on: dates)], &outcome)
            closeOperation(.succeeded)
        case .refunded:
            try endReservation(\.refundsInFlight)
            let ends = PostingRules.refundFailed(hold: operation?.hold?.id)
            book(ends + [PostingRules.suspended(payment, amount, owes: .platform, on: dates.today)], &outcome)
            closeOperation(.succeeded)
        case .chargebackOpened where dispute?.state != .open:
            book([PostingRules.suspended(payment, amount, owes: .platform, on: dates.today)], &outcome)
            dispute?.state = .open
        default: break
        }
    }
}

extension OpenHold {
    /// What is left of the hold after these bookings; nil when it has ended.
    func after(_ bookings: [Booking]) -> OpenHold? {
        var left = remaining.minorUnits
        for booking in bookings {
            switch booking {
            case .void(id): left = 0
            case .release(id, let amount): left -= amount.minorUnits
            case .postHold(id, let draft): left -= draft.postings[0].amount.minorUnits
            default: break
            }
        }
        return left > 0 ? OpenHold(id: id, remaining: Amount(minorUnits: left, currency: remaining.currency)) : nil
    }
}
