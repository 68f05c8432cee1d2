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
}
