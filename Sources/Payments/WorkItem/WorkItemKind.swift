/// Why something waits for a person. The list is closed; each kind says what is usually to be done about it.
package enum WorkItemKind: String, Hashable, Sendable, CaseIterable {
    /// We asked a provider for something, and nobody could tell us for a day whether it happened.
    case inDoubt = "in_doubt"
    /// A provider's word does not agree with what we asked for or knew.
    case conflicted
    /// It happened after we had said that it did not.
    case lateSuccess = "late_success"
    /// More was captured than authorized, or more returned than captured.
    case aboveCeiling = "above_ceiling"
    /// A fact named another currency than the payment's; its money stands in suspense.
    case currencyDiffers = "currency_differs"
    /// A chargeback took money that was also refunded.
    case doubleLoss = "double_loss"
    case dispute
    /// The payer's bank asks; no money has moved.
    case inquiry
    /// The payer has neither the goods' price nor, now, the refund.
    case refundFailedAfterwards = "refund_failed_afterwards"
    case captureFailedAfterwards = "capture_failed_afterwards"
    /// A fact that no rule could book, such as one without an amount.
    case unbookableFact = "unbookable_fact"
    /// A provider speaks of a payment we do not know.
    case orphanNotification = "orphan_notification"
    /// Signed by the provider, but not what its documentation says it sends.
    case unreadableNotification = "unreadable_notification"
    /// A fact's posting found its account closed, and went to suspense.
    case redirectedPosting = "redirected_posting"
    /// A fact was posted to a frozen account, which takes none of our own requests.
    case frozenPosting = "frozen_posting"
    /// A line of a file and the ledger do not agree.
    case `break`
}

/// What whoever takes a work item does next. The list is closed; what was done is said by its resolution.
package enum WorkItemAction: String, Hashable, Sendable, CaseIterable {
    /// Ask the provider's people: its programs could not tell.
    case askProvider = "ask_provider"
    /// Lay their record beside ours, and decide which is right.
    case compareWithProvider = "compare_with_provider"
    /// Let a late success stand, or give it back.
    case acceptOrReturn = "accept_or_return"
    /// Answer the payer's bank before its day.
    case answerDispute = "answer_dispute"
    /// Recover what was paid twice.
    case recoverLoss = "recover_loss"
    /// Pay the payer, or tell them, in another way.
    case contactPayer = "contact_payer"
    /// Find whose it is.
    case findPayment = "find_payment"
    /// Decide where money in suspense belongs.
    case clearSuspense = "clear_suspense"
    /// Propose an adjustment for another person to approve.
    case proposeAdjustment = "propose_adjustment"
    /// Wait for the next file; it becomes a claim when that does not tell.
    case awaitNextFile = "await_next_file"
    /// Claim it from the provider or the bank.
    case claim
}

extension WorkItemKind {
    /// What is to be done unless whoever opened the item knows better.
    package var usualAction: WorkItemAction {
        switch self {
        case .inDoubt, .unreadableNotification: .askProvider
        case .conflicted, .aboveCeiling, .unbookableFact, .frozenPosting: .compareWithProvider
        case .lateSuccess: .acceptOrReturn
        case .currencyDiffers, .redirectedPosting: .clearSuspense
        case .doubleLoss: .recoverLoss
        case .dispute, .inquiry: .answerDispute
        case .refundFailedAfterwards, .captureFailedAfterwards: .contactPayer
        case .orphanNotification: .findPayment
        case .break: .claim
        }
    }

    /// The kind that a fact's alarm opens.
    package init(_ alarm: FactAlarm) {
        self =
            switch alarm {
            case .conflicted: .conflicted
            case .lateSuccess: .lateSuccess
            case .aboveCeiling: .aboveCeiling
            case .currencyDiffers: .currencyDiffers
            case .doubleLoss: .doubleLoss
            case .dispute: .dispute
            case .inquiry: .inquiry
            case .refundFailed: .refundFailedAfterwards
            case .captureFailed: .captureFailedAfterwards
            }
    }
}
