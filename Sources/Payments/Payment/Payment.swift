import EventLog
import Ledger
import Money
import Storage

/// One payer's movement of money through its whole life. A value: requests and facts change it by rules, and whoever calls
/// the rules stores the result.
package struct Payment: Hashable, Sendable {
    package let id: PaymentID
    package let merchant: PathSegment
    package let providerAccount: PathSegment
    package let method: PaymentMethodToken
    package let captureMode: CaptureMode
    /// What was agreed when the charge was made; a merchant's later terms do not reach back.
    package let terms: PaymentTerms
    /// The caller's own name for the order, where one was given.
    package let reference: ExternalID?
    package let createdAt: Instant

    package var amounts: PaymentAmounts
    package var authorization: AuthorizationState
    /// The ledger holds that mirror the promise, the first one first. At most two: the charge's, and what the issuer promised beyond it.
    package var holds: [OpenHold]
    /// The void the provider has not answered yet.
    package var voiding: PaymentOperationID?
    /// The capture the provider made by itself because the charge asked for it.
    package var automaticCapture: PaymentOperationID?
    /// How many operations await an answer that was lost.
    package var doubtCount: Int64
    package var flags: PaymentFlags
    package var failure: ProviderFailure?
    /// What the payer has to do: `redirect`, or the provider's own word. Where to is private text.
    package var nextAction: AllowedText?
    /// The provider's name for it, once known.
    package var providerReference: ProviderReference?

    package init(
        id: PaymentID, amount: Amount, merchant: PathSegment, providerAccount: PathSegment, method: PaymentMethodToken,
        captureMode: CaptureMode, terms: PaymentTerms, reference: ExternalID?, createdAt: Instant
    ) {
        self.id = id
        self.merchant = merchant
        self.providerAccount = providerAccount
        self.method = method
        self.captureMode = captureMode
        self.terms = terms
        self.reference = reference
        self.createdAt = createdAt
        amounts = PaymentAmounts(requested: amount)
        authorization = .accepted
        holds = []
        doubtCount = 0
        flags = []
    }

    package var currency: Currency { amounts.currency }
    /// Names the payment's postings on accounts that track items.
    package var item: OpenItem { OpenItem(.payment, id.rawValue) }
    /// Its authorization has the payment's own number, so that neither needs the other looked up.
    package var authorizationOperation: PaymentOperationID { PaymentOperationID(rawValue: id.rawValue) }
}

extension Payment: PaymentFigures {
    package var isInDoubt: Bool { doubtCount > 0 }

    /// The promise stands, and of the capture the charge asked for nothing has been heard: the provider makes it by itself, and
    /// may have made it while its answer was lost.
    package var awaitsAutomaticCapture: Bool {
        captureMode == .automatic && automaticCapture == nil && authorization == .authorized && amounts.captured.isZero
    }
}

/// What of a payment the log tells as it changes, and what follows from that.
package protocol PaymentFigures {
    var amounts: PaymentAmounts { get set }
    var authorization: AuthorizationState { get set }
    var flags: PaymentFlags { get set }
    var failure: ProviderFailure? { get set }
    var nextAction: AllowedText? { get set }
    var providerReference: ProviderReference? { get set }
}

extension PaymentFigures {
    package var status: PaymentStatus {
        guard amounts.captured.isZero else {
            return authorization == .authorized ? .partiallyCaptured : .captured
        }
        return switch authorization {
        case .accepted: .accepted
        case .authorizing: .authorizing
        case .actionRequired: .actionRequired
        case .authorized: .authorized
        case .voided: .voided
        case .expired: .expired
        case .declined: .declined
        // A promise that was used and yet nothing is captured: the capture failed afterwards.
        case .failed, .used: .failed
        }
    }

    package var isConflicted: Bool { flags.contains(.conflicted) }
    package var isLateSuccess: Bool { flags.contains(.lateSuccess) }
    package var isDisputed: Bool { amounts.disputed.isPositive }

    package var settlement: SettlementProgress {
        if amounts.settled.isZero { return .none }
        return amounts.settled.minorUnits < amounts.captured.minorUnits ? .partial : .full
    }
}

/// A ledger hold with what is left of it.
package struct OpenHold: Hashable, Sendable {
    package let id: LedgerTransactionID
    package var remaining: Amount

    package init(id: LedgerTransactionID, remaining: Amount) {
        self.id = id
        self.remaining = remaining
    }
}
