import Ledger
import Money
import Storage

/// A request the business said no to, as it is recorded and as the caller is told, the first time and every time after.
package struct RequestRejection: Error, Hashable {
    package let request: RequestKind
    package let code: RejectionCode
    /// What was asked for, where the caller named it.
    package var requested: Amount?
    /// What the rule would have let through: what is capturable, refundable, available; or the step of amounts.
    package var limit: Amount?
    /// Where the payment stood.
    package var status: PaymentStatus?
    /// What is in the way.
    package var operation: PaymentOperationID?
    package var account: AccountPath?

    package init(
        _ request: RequestKind, _ code: RejectionCode, requested: Amount? = nil, limit: Amount? = nil,
        status: PaymentStatus? = nil, operation: PaymentOperationID? = nil, account: AccountPath? = nil
    ) {
        self.request = request
        self.code = code
        self.requested = requested
        self.limit = limit
        self.status = status
        self.operation = operation
        self.account = account
    }

    /// Whether the refusal is recorded and told again. One of something that does not exist, or that could not be asked at
    /// all, is not: nothing is written, and the caller may correct it under the same key. Nor is one that others caused, such as
    /// a counter that is full for a moment.
    package var isKept: Bool {
        switch code {
        case .unknownPayment, .unknownMerchant, .unknownProviderAccount, .currencyMismatch, .amountNotPositive,
            .balanceOverflow:
            false
        default: true
        }
    }
}

/// What was asked for.
package enum RequestKind: String, Hashable, Sendable, CaseIterable {
    case charge
    case capture
    case void
    case refund
}

/// Why it was refused. The names are for ever: they stand in events, and callers' programs decide by them.
package enum RejectionCode: String, Hashable, Sendable, CaseIterable {
    case unknownPayment = "unknown_payment"
    case unknownMerchant = "unknown_merchant"
    case unknownProviderAccount = "unknown_provider_account"
    case currencyMismatch = "currency_mismatch"
    case amountNotPositive = "amount_not_positive"

    // Charges
    case merchantClosed = "merchant_closed"
    case providerAccountClosed = "provider_account_closed"
    case currencyUnsupported = "currency_unsupported"
    case feeExceedsAmount = "fee_exceeds_amount"

    // Captures and voids
    case notAuthorized = "payment_not_authorized"
    case voidInFlight = "void_in_flight"
    case partialCaptureUnsupported = "partial_capture_unsupported"
    case multipleCapturesUnsupported = "multiple_captures_unsupported"
    case minorUnitStep = "minor_unit_step"
    case exceedsCapturable = "exceeds_capturable"
    case captureInFlight = "capture_in_flight"
    case notVoidable = "payment_not_voidable"
    case alreadyVoiding = "already_voiding"
    case alreadyCaptured = "payment_captured"

    // Refunds
    case nothingCaptured = "nothing_captured"
    case disputed = "payment_disputed"
    case partialRefundUnsupported = "partial_refund_unsupported"
    case exceedsRefundable = "exceeds_refundable"

    // The ledger's
    case insufficientFunds = "insufficient_funds"
    case accountFrozen = "account_frozen"
    case accountClosed = "account_closed"
    case balanceOverflow = "balance_overflow"
}
