/// A `payment_method`: no card, but a choice of what shall happen. The table in `docs/sandbox.md` says the same in words.
package enum PaymentToken: String, CaseIterable, Sendable {
    case approve = "pm_approve"
    case declineInsufficientFunds = "pm_decline_insufficient_funds"
    case declineExpiredCard = "pm_decline_expired_card"
    case declineIncorrectCVC = "pm_decline_incorrect_cvc"
    case declineSuspectedFraud = "pm_decline_suspected_fraud"
    case declineDoNotHonor = "pm_decline_do_not_honor"
    case declineAuthenticationRequired = "pm_decline_authentication_required"
    case declineProviderUnavailable = "pm_decline_provider_unavailable"
    case declineOther = "pm_decline_other"
    case actionRequired = "pm_action_required"
    case actionApproved = "pm_action_approved"
    case actionDeclined = "pm_action_declined"
    case callbackOnly = "pm_callback_only"
    case callbackOnlyDeclined = "pm_callback_only_declined"
    case timeoutSuccess = "pm_timeout_success"
    case timeoutFailure = "pm_timeout_failure"
    case timeoutLost = "pm_timeout_lost"
    case captureDeclined = "pm_capture_declined"
    case captureCallbackOnly = "pm_capture_callback_only"
    case captureTimeoutSuccess = "pm_capture_timeout_success"
    case captureTimeoutFailure = "pm_capture_timeout_failure"
    case voidTimeoutSuccess = "pm_void_timeout_success"
    case voidTimeoutFailure = "pm_void_timeout_failure"
    case refundDeclined = "pm_refund_declined"
    case refundFailsBefore = "pm_refund_fails_before"
    case refundFailsAfter = "pm_refund_fails_after"
    case refundTimeoutSuccess = "pm_refund_timeout_success"
    case refundTimeoutFailure = "pm_refund_timeout_failure"
    case chargebackOpen = "pm_chargeback_open"
    case chargebackWon = "pm_chargeback_won"
    case chargebackLost = "pm_chargeback_lost"
    case callbackTwice = "pm_callback_twice"
    case callbackOutOfOrder = "pm_callback_out_of_order"
    case callbackLate = "pm_callback_late"
    case callbackBeforeAnswer = "pm_callback_before_answer"
    case callbackWrongSignature = "pm_callback_wrong_signature"
    case callbackStale = "pm_callback_stale"
    case expires = "pm_expires"
}

extension PaymentToken {
    /// The course of an operation of a payment made with this token.
    func course(of kind: Operation.Kind) -> Course {
        switch kind {
        case .authorization: authorizationCourse
        case .capture: captureCourse
        case .void: voidCourse
        case .refund: refundCourse
        }
    }

    private var authorizationCourse: Course {
        switch self {
        case .declineInsufficientFunds: .declined(.insufficientFunds)
        case .declineExpiredCard: .declined(.expiredCard)
        case .declineIncorrectCVC: .declined(.incorrectCVC)
        case .declineSuspectedFraud: .declined(.suspectedFraud)
        case .declineDoNotHonor: .declined(.doNotHonor)
        case .declineAuthenticationRequired: .declined(.authenticationRequired)
        case .declineProviderUnavailable: .declined(.issuerUnavailable)
        case .declineOther: .declined(.notPermitted)
        case .actionRequired: .needsAction(.isAwaited)
        case .actionApproved: .needsAction(.actsAlone(.succeeds))
        case .actionDeclined: .needsAction(.actsAlone(.declined(.actionAbandoned)))
        case .callbackOnly: .decidedLater(.succeeds)
        case .callbackOnlyDeclined: .decidedLater(.declined(.doNotHonor))
        case .timeoutSuccess: .timesOut(.afterSuccess)
        case .timeoutFailure: .timesOut(.asFailure)
        case .timeoutLost: .timesOut(.withoutTrace)
        default: .succeeds
        }
    }

    private var captureCourse: Course {
        switch self {
        case .captureDeclined: .declined(.captureDeclined)
        case .captureCallbackOnly: .decidedLater(.succeeds)
        case .captureTimeoutSuccess: .timesOut(.afterSuccess)
        case .captureTimeoutFailure: .timesOut(.asFailure)
        default: .succeeds
        }
    }

    private var voidCourse: Course {
        switch self {
        case .voidTimeoutSuccess: .timesOut(.afterSuccess)
        case .voidTimeoutFailure: .timesOut(.asFailure)
        default: .succeeds
        }
    }

    private var refundCourse: Course {
        switch self {
        case .refundDeclined: .declined(.refundDeclined)
        case .refundFailsBefore: .decidedLater(.failed(.accountClosed))
        case .refundFailsAfter: .failsAfterwards(.refundReturned)
        case .refundTimeoutSuccess: .timesOut(.afterSuccess)
        case .refundTimeoutFailure: .timesOut(.asFailure)
        default: .succeeds
        }
    }

    var dispute: DisputeCourse? {
        switch self {
        case .chargebackOpen: .staysOpen
        case .chargebackWon: .won
        case .chargebackLost: .lost
        default: nil
        }
    }

    var callbacks: CallbackManner {
        switch self {
        case .callbackTwice: .twice
        case .callbackOutOfOrder: .outOfOrder
        case .callbackLate: .late
        case .callbackBeforeAnswer: .beforeAnswer
        case .callbackWrongSignature: .afterForgery
        case .callbackStale: .afterStale
        default: .plain
        }
    }
}
