import Ledger
import Money
import Storage

/// One authorization, capture, void or refund of a payment: asked of the provider, then answered, sometimes later undone.
package struct PaymentOperation: Hashable, Sendable {
    package let id: PaymentOperationID
    package let payment: PaymentID
    package let kind: OperationKind
    package let origin: OperationOrigin
    /// What was asked for; of an operation the provider began, what it stated.
    package let amount: Amount
    /// Of a capture: none follows, the rest of the promise is returned.
    package let isFinal: Bool
    package let createdAt: Instant

    package var state: OperationState
    /// Whether it failed after it had succeeded.
    package var isUndone: Bool
    package var failure: ProviderFailure?
    /// The provider's name for the movement, by which a second statement of it is recognised.
    package var providerReference: ProviderReference?
    /// The hold that reserves a refund's funds.
    package var hold: OpenHold?
    /// What it posted, so that a failure afterwards can name what it reverses.
    package var bookings: [BookedTransaction]

    package init(
        id: PaymentOperationID, payment: PaymentID, kind: OperationKind, origin: OperationOrigin, amount: Amount,
        isFinal: Bool = false, createdAt: Instant
    ) {
        self.id = id
        self.payment = payment
        self.kind = kind
        self.origin = origin
        self.amount = amount
        self.isFinal = isFinal
        self.createdAt = createdAt
        state = .requested
        isUndone = false
        bookings = []
    }

    /// The command that asks for it has the operation's number.
    package var command: ProviderCommandID { ProviderCommandID(rawValue: id.rawValue) }

    package func transactions(for reason: PostingReason) -> [BookedTransaction] {
        bookings.filter { $0.reason == reason }
    }
}

package enum OperationKind: String, Hashable, Sendable, CaseIterable {
    case authorization
    case capture
    case void
    case refund
}

package enum OperationOrigin: String, Hashable, Sendable, CaseIterable {
    /// A caller asked for it.
    case request
    /// The provider did it as part of the charge: an automatic capture.
    case charge
    /// The provider did it unasked, as from its own dashboard.
    case provider
}

package enum OperationState: String, Hashable, Sendable, CaseIterable {
    /// Recorded; certainly not sent yet.
    case requested
    /// Perhaps sent; from here on only the provider knows.
    case submitted
    /// Sent, and the answer was lost: being asked for.
    case inDoubt = "in_doubt"
    case succeeded
    case declined
    case failed
    /// Withdrawn before it was sent.
    case cancelled

    package var isOpen: Bool {
        switch self {
        case .requested, .submitted, .inDoubt: true
        case .succeeded, .declined, .failed, .cancelled: false
        }
    }
}

/// A ledger transaction an operation or a dispute made.
package struct BookedTransaction: Hashable, Sendable {
    package let id: LedgerTransactionID
    package let reason: PostingReason
    package let amount: Amount

    package init(id: LedgerTransactionID, reason: PostingReason, amount: Amount) {
        self.id = id
        self.reason = reason
        self.amount = amount
    }
}
