/// What programs decide on when a request is refused. A code's name and meaning never change; new ones may come.
package enum ProblemCode: String, Hashable, Sendable, CaseIterable {
    // The request itself
    case requestMalformed = "request_malformed"
    case routeUnknown = "route_unknown"
    case methodNotAllowed = "method_not_allowed"
    case bodyTooLarge = "body_too_large"
    case contentTypeUnsupported = "content_type_unsupported"
    case bodyMissing = "body_missing"
    case bodyBroken = "body_broken"
    case jsonMalformed = "json_malformed"
    case memberDuplicate = "member_duplicate"
    case memberUnknown = "member_unknown"
    case memberMissing = "member_missing"
    case memberWrongType = "member_wrong_type"
    case memberTooLong = "member_too_long"
    case memberTooMany = "member_too_many"
    case memberInvalid = "member_invalid"
    case integerMalformed = "integer_malformed"
    case integerOutOfRange = "integer_out_of_range"
    case amountNotPositive = "amount_not_positive"
    case currencyUnknown = "currency_unknown"
    case currencyWithdrawn = "currency_withdrawn"
    case cardNumberRefused = "card_number_refused"
    case parameterUnknown = "parameter_unknown"
    case parameterInvalid = "parameter_invalid"
    case parameterMissing = "parameter_missing"
    case headerInvalid = "header_invalid"

    // Idempotency
    case idempotencyKeyMissing = "idempotency_key_missing"
    case idempotencyKeyMalformed = "idempotency_key_malformed"
    case idempotencyKeyReused = "idempotency_key_reused"

    // Who asks
    case authenticationRequired = "authentication_required"
    case keyInvalid = "key_invalid"
    case keyRevoked = "key_revoked"
    case keyNotApproved = "key_not_approved"
    case permissionDenied = "permission_denied"
    case keyNotFound = "key_not_found"
    case keyEnded = "key_ended"
    case principalHasOtherRole = "principal_has_other_role"
    case fourEyesRequired = "four_eyes_required"

    // The log
    case eventNotFound = "event_not_found"
    case checkpointNotFound = "checkpoint_not_found"
    case logTooShort = "log_too_short"

    // Accounts and ledger transactions
    case accountNotFound = "account_not_found"
    case accountUnknown = "account_unknown"
    case accountReserved = "account_reserved"
    case accountPathTaken = "account_path_taken"
    case accountClosed = "account_closed"
    case accountFrozen = "account_frozen"
    case accountNotEmpty = "account_not_empty"
    case accountLimitsCrossed = "account_limits_crossed"
    case ledgerTransactionNotFound = "ledger_transaction_not_found"
    case postingsTooFew = "postings_too_few"
    case transactionUnbalanced = "transaction_unbalanced"
    case currencyMismatch = "currency_mismatch"
    case externalIDReused = "external_id_reused"
    case insufficientFunds = "insufficient_funds"
    case ceilingExceeded = "ceiling_exceeded"
    case balanceOverflow = "balance_overflow"
    case notAHold = "not_a_hold"
    case holdEnded = "hold_ended"
    case exceedsHold = "exceeds_hold"
    case partNeedsTwoLegs = "part_needs_two_legs"
    case notReversible = "not_reversible"
    case exceedsOriginal = "exceeds_original"

    // Payments
    case paymentNotFound = "payment_not_found"
    case refundNotFound = "refund_not_found"
    case operationNotFound = "operation_not_found"
    case merchantNotFound = "merchant_not_found"
    case merchantCodeTaken = "merchant_code_taken"
    case merchantUnknown = "merchant_unknown"
    case merchantClosed = "merchant_closed"
    case providerAccountUnknown = "provider_account_unknown"
    case providerAccountClosed = "provider_account_closed"
    case currencyUnsupported = "currency_unsupported"
    case feeExceedsAmount = "fee_exceeds_amount"
    case paymentNotAuthorized = "payment_not_authorized"
    case paymentNotVoidable = "payment_not_voidable"
    case paymentCaptured = "payment_captured"
    case paymentDisputed = "payment_disputed"
    case nothingCaptured = "nothing_captured"
    case voidInFlight = "void_in_flight"
    case captureInFlight = "capture_in_flight"
    case exceedsCapturable = "exceeds_capturable"
    case exceedsRefundable = "exceeds_refundable"
    case partialCaptureUnsupported = "partial_capture_unsupported"
    case multipleCapturesUnsupported = "multiple_captures_unsupported"
    case partialRefundUnsupported = "partial_refund_unsupported"
    case amountStep = "amount_step"

    // What providers send
    case endpointUnknown = "endpoint_unknown"
    case notificationMalformed = "notification_malformed"
    case signatureMismatch = "signature_mismatch"
    case notificationOutOfTime = "notification_out_of_time"

    // Reconciliation
    case statementRefused = "statement_refused"
    case statementTaken = "statement_taken"
    case statementDoesNotFollow = "statement_does_not_follow"
    case breakNotFound = "break_not_found"
    case breakResolved = "break_resolved"
    case adjustmentNotAllowed = "adjustment_not_allowed"
    case adjustmentTooEarly = "adjustment_too_early"
    case exceedsBreak = "exceeds_break"
    case adjustmentTargetUnfit = "adjustment_target_unfit"
    case adjustmentPending = "adjustment_pending"
    case adjustmentNotFound = "adjustment_not_found"
    case adjustmentDecided = "adjustment_decided"

    // What waits for a person
    case workItemNotFound = "work_item_not_found"
    case workItemResolved = "work_item_resolved"

    // The server
    case bookNotOpened = "book_not_opened"
    case overloaded
    case projectionLag = "projection_lag"
    case storageFull = "storage_full"
    case storeUnavailable = "store_unavailable"
    case outcomeUnknown = "outcome_unknown"
    case shuttingDown = "shutting_down"
    case internalFault = "internal_fault"
}

extension ProblemCode {
    /// The `type` of the problem: a name, not an address to be fetched. It is explained in `docs/errors.md`.
    package var uri: String { "urn:summa:problem:\(rawValue)" }

    /// What a code is told with.
    package struct Entry: Sendable {
        package let status: Int
        package let title: String
        /// When it is given and what to do, for `docs/errors.md`.
        package let meaning: String
        /// Whether the same request may succeed later, unchanged.
        package let isRetryable: Bool
        package let retryAfterSeconds: Int?

        init(_ status: Int, _ title: String, _ meaning: String, retryAfterSeconds: Int? = nil) {
            self.status = status
            self.title = title
            self.meaning = meaning
            isRetryable = retryAfterSeconds != nil
            self.retryAfterSeconds = retryAfterSeconds
        }
    }
}
