import EventLog
import Money
import Storage

/// Something a provider says has happened. It is always booked, whatever our rules say of it; at worst it is flagged.
package struct ProviderFact: Hashable, Sendable {
    package let statement: Statement
    /// The provider's name for the payment.
    package let paymentReference: ProviderReference?
    /// The provider's name for the movement itself: the capture, refund or dispute. Tells a repeat from a second movement.
    package let movementReference: ProviderReference?
    /// Our own reference, echoed: the text of the command it answers. Nil when the provider began it, as in its dashboard.
    package let operationReference: String?
    /// The provider's time of it.
    package let occurredAt: Instant
    package let origin: Origin

    package enum Statement: Hashable, Sendable {
        /// The payer must do something before the issuer decides.
        case actionRequired(NextAction)
        case authorized(Amount)
        case declined(ProviderFailure)
        /// The authorization certainly did not happen, for no reason of the issuer's.
        case failed(ProviderFailure)
        /// The issuer's promise ran out on their clock.
        case expired
        case voided
        case voidFailed(ProviderFailure)
        /// - Parameter fee: The provider's fee, where it recognises it at capture.
        case captured(Amount, fee: Amount?)
        /// Before a capture succeeded or afterwards: the operation's state tells which.
        case captureFailed(ProviderFailure)
        /// - Parameter fee: What the provider takes for the refund.
        case refunded(Amount, fee: Amount?)
        /// Before a refund succeeded or afterwards, likewise.
        case refundFailed(ProviderFailure)
        /// The payer's bank asks; no money has moved.
        case inquiryOpened(Amount)
        /// - Parameter fee: The provider's dispute fee.
        case chargebackOpened(Amount, fee: Amount?)
        /// - Parameter feeReturned: The part of the dispute fee the provider gives back.
        case chargebackWon(Amount, feeReturned: Amount?)
        case chargebackLost(Amount)
    }

    /// How we learnt of it.
    package enum Origin: String, Hashable, Sendable, CaseIterable {
        case reply
        case notification
        case lookUp = "look_up"
        case statement
    }

    package init(
        _ statement: Statement, paymentReference: ProviderReference?, movementReference: ProviderReference? = nil,
        operationReference: String?, occurredAt: Instant, origin: Origin
    ) {
        self.statement = statement
        self.paymentReference = paymentReference
        self.movementReference = movementReference
        self.operationReference = operationReference
        self.occurredAt = occurredAt
        self.origin = origin
    }
}

/// What the payer has to do, for the caller to pass on.
package enum NextAction: Hashable, Sendable {
    case redirect(url: String)
    /// Something the adapter knows no shape of; kept and shown, never guessed at.
    case other(type: String)
}

extension NextAction {
    /// The word for it that events and rows hold: the provider's own where events allow its letters.
    package var type: AllowedText {
        switch self {
        case .redirect: "redirect"
        case .other(let type): AllowedText(type) ?? "other"
        }
    }

    /// Where the payer has to go, which is the payer's own affair and never stands in an event.
    package var url: String? {
        switch self {
        case .redirect(let url): url
        case .other: nil
        }
    }
}
