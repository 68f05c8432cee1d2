import Ledger
import Money

/// Rows 16 to 19: a chargeback takes money whose outcome is open. Answering it is for people; facts are booked at once.
extension PostingRules {
    /// Rows 16 and 16b. Taken: a contested asset; where the merchant is liable its funds are reserved, without a timer.
    package static func chargebackTaken(
        _ payment: Payment, _ dispute: Dispute, _ amount: Amount, on dates: FactDates
    ) -> [Booking] {
        let taken = chargebackTakenOnly(payment, dispute, amount, on: dates)
        guard payment.terms.chargebackLiability == .merchant else { return [taken] }
        let reservation = draft(
            .dispute, borneLegs(payment, dispute, amount), phase: .pending(.reservation), on: dates.today)
        return [taken, .hold(reservation)]
    }

    /// Row 16 by itself, for a dispute that closes with the same fact.
    package static func chargebackTakenOnly(
        _ payment: Payment, _ dispute: Dispute, _ amount: Amount, on dates: FactDates
    ) -> Booking {
        .post(draft(.chargeback, takenLegs(payment, dispute, amount), on: dates.today))
    }

    /// Row 17. The provider's dispute fee, and its recovery from the merchant, shown gross.
    package static func disputeFee(_ payment: Payment, _ fee: Amount, on dates: FactDates) -> [Booking] {
        guard fee.isPositive else { return [] }
        let cost = Booking.post(draft(.disputeFee, payment.providerFeeLegs(fee), on: dates.today))
        guard payment.terms.passesDisputeFee else { return [cost] }
        return [cost, .post(draft(.disputeFee, payment.platformFeeLegs(fee), on: dates.today))]
    }

    /// Row 18. Won, whole or in part: the claim on the provider is restored and as much of the reservation ends.
    package static func chargebackWon(
        _ payment: Payment, _ dispute: Dispute, _ amount: Amount, on dates: FactDates
    ) -> [Booking] {
        let restored = takenLegs(payment, dispute, amount).map(\.swapped)
        let restoration = Booking.post(draft(.chargebackReversal, restored, on: dates.today))
        guard let hold = dispute.hold else { return [restoration] }
        let endsHold = amount.minorUnits >= hold.remaining.minorUnits
        return [restoration, endsHold ? .void(hold.id) : .release(hold.id, amount)]
    }

    /// Row 18. The fee, only if the provider returns it: to the merchant too, if it was passed on.
    package static func disputeFeeReturned(_ payment: Payment, _ fee: Amount, on dates: FactDates) -> [Booking] {
        guard fee.isPositive else { return [] }
        let cost = Booking.post(draft(.disputeFee, payment.providerFeeLegs(fee).map(\.swapped), on: dates.today))
        guard payment.terms.passesDisputeFee else { return [cost] }
        let recovery = payment.platformFeeLegs(fee).map(\.swapped)
        return [cost, .post(draft(.disputeFee, recovery, on: dates.today))]
    }

    /// Row 19. Lost: borne by the merchant, out of its reservation as far as it goes, or by us.
    package static func chargebackLost(
        _ payment: Payment, _ dispute: Dispute, _ amount: Amount, on dates: FactDates
    ) -> [Booking] {
        post(amount, outOf: dispute.hold, as: .disputeLost, on: dates.today) { borneLegs(payment, dispute, $0) }
    }

    /// Row 19 taken back: a dispute that was lost is won after all, before row 18 is booked.
    package static func lossUndone(
        _ payment: Payment, _ dispute: Dispute, _ amount: Amount, on dates: FactDates
    ) -> [Booking] {
        [.post(draft(.chargebackReversal, borneLegs(payment, dispute, amount).map(\.swapped), on: dates.today))]
    }

    private static func takenLegs(_ payment: Payment, _ dispute: Dispute, _ amount: Amount) -> [Posting] {
        [
            .debit(payment.disputesAccount, amount, item: dispute.item),
            .credit(payment.receivableAccount, amount, item: payment.item),
        ]
    }

    private static func borneLegs(_ payment: Payment, _ dispute: Dispute, _ amount: Amount) -> [Posting] {
        let bearer =
            payment.terms.chargebackLiability == .merchant
            ? payment.payableAccount : StandardAccount(.chargebackLosses)
        return [.debit(bearer, amount), .credit(payment.disputesAccount, amount, item: dispute.item)]
    }
}
