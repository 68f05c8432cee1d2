import Money

/// What has happened to a payment's money, as sums of facts, and what is reserved by our own requests meanwhile.
/// All in the payment's currency; none is ever negative.
package struct PaymentAmounts: Hashable, Sendable {
    /// What the charge asked for.
    package let requested: Amount
    /// What the issuer promised; with several statements the last one.
    package var authorized: Amount
    package var captured: Amount
    package var refunded: Amount
    /// Taken by chargebacks whose outcome is open.
    package var disputed: Amount
    /// Taken by chargebacks that were lost.
    package var lost: Amount
    /// The gross of captures that stand in a remittance.
    package var settled: Amount
    /// The gross of captures whose remittance our bank has shown.
    package var received: Amount
    package var capturesInFlight: Amount
    package var refundsInFlight: Amount
    /// Our fee, as posted and as given back.
    package var feeCharged: Amount
    package var feeReturned: Amount

    package init(requested: Amount) {
        self.requested = requested
        let zero = Amount.zero(requested.currency)
        (authorized, captured, refunded, disputed, lost) = (zero, zero, zero, zero, zero)
        (settled, received, capturesInFlight, refundsInFlight) = (zero, zero, zero, zero)
        (feeCharged, feeReturned) = (zero, zero)
    }

    package var currency: Currency { requested.currency }
}

extension PaymentAmounts {
    /// What may still be captured: authorized − captured − captures in flight, and never below zero, for facts may pass it.
    package var capturable: Amount {
        rest(of: authorized, less: [captured, capturesInFlight])
    }

    /// What may still be refunded: captured − refunded − refunds in flight − disputed, open or lost; never below zero.
    package var refundable: Amount {
        rest(of: captured, less: [refunded, refundsInFlight, disputed, lost])
    }

    /// Whether facts have taken more than the issuer promised.
    package var isOvercaptured: Bool { captured.minorUnits > authorized.minorUnits }

    /// Whether facts and our reservations return or lose more than was captured.
    package var isOverreturned: Bool {
        sum([refunded, refundsInFlight, disputed, lost]) > Int128(captured.minorUnits)
    }

    /// Reserves what a request has checked against its ceiling.
    /// - Precondition: it is below the ceiling, and so cannot overflow.
    package mutating func reserve(_ amount: Amount, in sum: WritableKeyPath<PaymentAmounts, Amount>) {
        guard let raised = try? self[keyPath: sum].adding(amount) else {
            preconditionFailure("what is below a ceiling fits")
        }
        self[keyPath: sum] = raised
    }

    /// Adds to one of the sums. Throws `currencyMismatch` or `overflow` and leaves it as it was.
    package mutating func add(
        _ amount: Amount, to sum: WritableKeyPath<PaymentAmounts, Amount>
    ) throws(AmountError) {
        self[keyPath: sum] = try self[keyPath: sum].adding(amount)
    }

    /// Takes from one of the sums, at most all of it: what a fact undoes may be less than it claims.
    package mutating func take(
        _ amount: Amount, from sum: WritableKeyPath<PaymentAmounts, Amount>
    ) throws(AmountError) {
        let rest = try self[keyPath: sum].subtracting(amount)
        self[keyPath: sum] = rest.isNegative ? .zero(currency) : rest
    }

    private func rest(of whole: Amount, less parts: [Amount]) -> Amount {
        let rest = Int128(whole.minorUnits) - sum(parts)
        return Amount(minorUnits: Int64(clamping: max(0, rest)), currency: currency)
    }

    private func sum(_ parts: [Amount]) -> Int128 {
        parts.reduce(0) { $0 + Int128($1.minorUnits) }
    }
}
