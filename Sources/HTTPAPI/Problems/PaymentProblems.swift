import Money
import Payments

/// What a rule of payments refuses. Made of the refusal alone, so that one that was kept is told again in the same words.
extension RequestRejection: ProblemConvertible {
    var problem: Problem { Problem(problemCode, sentence, param: param) }

    private var problemCode: ProblemCode {
        switch code {
        case .unknownPayment: .paymentNotFound
        case .unknownMerchant: .merchantUnknown
        case .unknownProviderAccount: .providerAccountUnknown
        case .currencyMismatch: .currencyMismatch
        case .amountNotPositive: .amountNotPositive
        case .merchantClosed: .merchantClosed
        case .providerAccountClosed: .providerAccountClosed
        case .currencyUnsupported: .currencyUnsupported
        case .feeExceedsAmount: .feeExceedsAmount
        case .notAuthorized: .paymentNotAuthorized
        case .voidInFlight, .alreadyVoiding: .voidInFlight
        case .partialCaptureUnsupported: .partialCaptureUnsupported
        case .multipleCapturesUnsupported: .multipleCapturesUnsupported
        case .minorUnitStep: .amountStep
        case .exceedsCapturable: .exceedsCapturable
        case .captureInFlight: .captureInFlight
        case .notVoidable: .paymentNotVoidable
        case .alreadyCaptured: .paymentCaptured
        case .nothingCaptured: .nothingCaptured
        case .disputed: .paymentDisputed
        case .partialRefundUnsupported: .partialRefundUnsupported
        case .exceedsRefundable: .exceedsRefundable
        case .insufficientFunds: .insufficientFunds
        case .accountFrozen: .accountFrozen
        case .accountClosed: .accountClosed
        case .balanceOverflow: .balanceOverflow
        }
    }

    private var param: String? {
        switch code {
        case .unknownMerchant: "merchant"
        case .unknownProviderAccount, .providerAccountClosed: "provider_account"
        case .currencyMismatch, .currencyUnsupported: "currency"
        case .feeExceedsAmount: "platform_fee"
        case .amountNotPositive, .partialCaptureUnsupported, .minorUnitStep, .exceedsCapturable,
            .partialRefundUnsupported, .exceedsRefundable, .balanceOverflow:
            "amount"
        default: nil
        }
    }
}

extension RequestRejection {
    /// What happened this time, as far as the refusal says more than its code.
    private var sentence: String? {
        switch code {
        case .notAuthorized, .notVoidable, .nothingCaptured: status.map { "the payment is \($0.rawValue)" }
        case .currencyMismatch: limit.map { "the payment is in \($0.currency)" }
        case .currencyUnsupported: requested.map { "the provider account takes no \($0.currency)" }
        case .feeExceedsAmount: limit.map { "the fee is at most the amount, \($0.inWords)" }
        case .partialCaptureUnsupported: limit.map { "capture all \($0.inWords)" }
        case .partialRefundUnsupported: limit.map { "refund all \($0.inWords)" }
        case .multipleCapturesUnsupported, .alreadyCaptured: limit.map { "\($0.inWords) have been captured" }
        case .minorUnitStep: limit.map { "the provider takes multiples of \($0.inWords)" }
        case .exceedsCapturable: limit.map { "\($0.inWords) may be captured" }
        case .exceedsRefundable: limit.map { "\($0.inWords) may be refunded" }
        case .captureInFlight: limit.map { "a capture of \($0.inWords) is under way" }
        case .alreadyVoiding: operation.map { "\($0) asks for it already" }
        case .disputed: limit.map { "\($0.inWords) are disputed" }
        case .insufficientFunds: limit.flatMap { limit in account.map { "\($0) has \(limit.inWords) available" } }
        case .accountFrozen: account.map { "\($0) is frozen" }
        case .accountClosed: account.map { "\($0) is closed" }
        default: nil
        }
    }
}

extension BookRejection: ProblemConvertible {
    var problem: Problem {
        switch self {
        case .notOpened(let name): Problem(.bookNotOpened, "\(name) was not opened for payments")
        case .alreadyOpened(let name): Problem(.bookNotOpened, "\(name) was opened with other settings")
        }
    }
}
