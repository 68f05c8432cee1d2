import Money
import Storage

/// Why a void is refused, in the order checked.
package enum VoidRejection: Error, Hashable {
    /// The promise has been used or has ended, or was never made.
    case notVoidable(PaymentStatus)
    case alreadyVoiding(PaymentOperationID)
    /// Captured money goes back by refund.
    case captured(Amount)
    /// A capture has been asked for; its answer decides.
    case captureInFlight(Amount)
}

extension Payment {
    /// Asks for the end of the authorization. While the authorization itself is unanswered the void waits for it. The hold
    /// ends when the provider confirms, not before: until then the promise may still be captured.
    package mutating func requestVoid(id: PaymentOperationID, at now: Instant) throws(VoidRejection) -> PaymentOperation
    {
        guard amounts.captured.isZero else { throw .captured(amounts.captured) }
        guard authorization.isOpen || authorization == .authorized else { throw .notVoidable(status) }
        if let voiding { throw .alreadyVoiding(voiding) }
        guard amounts.capturesInFlight.isZero else { throw .captureInFlight(amounts.capturesInFlight) }
        voiding = id
        let amount = authorization == .authorized ? amounts.authorized : amounts.requested
        return PaymentOperation(
            id: id, payment: self.id, kind: .void, origin: .request, amount: amount, createdAt: now)
    }

    /// Whether the provider knows of a payment to void. Before that, a void waits.
    package var canBeVoidedByProvider: Bool { authorization == .authorized || authorization == .actionRequired }
}

extension FactSubject {
    /// A void of a payment the provider has certainly not been asked about yet: it is not asked any more, and both operations
    /// end at once.
    /// - Precondition: `voiding` was just requested, and the authorization was not sent.
    package mutating func withdraw() -> [Booking] {
        precondition(authorization.state == .requested, "what was sent is not withdrawn")
        var outcome = FactOutcome(verdict: .apply([]))
        book(PostingRules.authorizationEnded(payment), &outcome)
        payment.authorization = .voided
        payment.voiding = nil
        closeAuthorization(.cancelled)
        voiding?.state = .succeeded
        return outcome.bookings
    }
}
