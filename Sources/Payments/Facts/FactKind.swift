import Money

/// What a fact is about, without its figures: the rows of the fact table.
package enum FactKind: String, Hashable, Sendable, CaseIterable {
    case actionRequired = "action_required"
    case authorized
    case declined
    case failed
    case expired
    case voided
    case voidFailed = "void_failed"
    case captured
    case captureFailed = "capture_failed"
    case refunded
    case refundFailed = "refund_failed"
    case inquiryOpened = "inquiry_opened"
    case chargebackOpened = "chargeback_opened"
    case chargebackWon = "chargeback_won"
    case chargebackLost = "chargeback_lost"

    /// Which operation the fact moves; nil for disputes, which are nobody's request.
    package var operation: OperationKind? {
        switch self {
        case .actionRequired, .authorized, .declined, .failed, .expired: .authorization
        case .voided, .voidFailed: .void
        case .captured, .captureFailed: .capture
        case .refunded, .refundFailed: .refund
        case .inquiryOpened, .chargebackOpened, .chargebackWon, .chargebackLost: nil
        }
    }

    /// Whether it says that the promise has ended which captures take from.
    package var endsPromise: Bool { self == .voided || self == .expired }
}

extension ProviderFact {
    package var kind: FactKind {
        switch statement {
        case .actionRequired: .actionRequired
        case .authorized: .authorized
        case .declined: .declined
        case .failed: .failed
        case .expired: .expired
        case .voided: .voided
        case .voidFailed: .voidFailed
        case .captured: .captured
        case .captureFailed: .captureFailed
        case .refunded: .refunded
        case .refundFailed: .refundFailed
        case .inquiryOpened: .inquiryOpened
        case .chargebackOpened: .chargebackOpened
        case .chargebackWon: .chargebackWon
        case .chargebackLost: .chargebackLost
        }
    }

    /// The amount it is about, where it states one.
    package var amount: Amount? {
        switch statement {
        case .authorized(let amount), .captured(let amount, _), .refunded(let amount, _), .inquiryOpened(let amount),
            .chargebackOpened(let amount, _), .chargebackWon(let amount, _), .chargebackLost(let amount):
            amount
        case .actionRequired, .declined, .failed, .expired, .voided, .voidFailed, .captureFailed, .refundFailed: nil
        }
    }

    /// The fee it states beside its amount: taken, or for a won chargeback given back.
    package var fee: Amount? {
        switch statement {
        case .captured(_, let fee), .refunded(_, let fee), .chargebackOpened(_, let fee), .chargebackWon(_, let fee):
            fee
        default: nil
        }
    }

    package var failure: ProviderFailure? {
        switch statement {
        case .declined(let failure), .failed(let failure), .voidFailed(let failure), .captureFailed(let failure),
            .refundFailed(let failure):
            failure
        default: nil
        }
    }
}
