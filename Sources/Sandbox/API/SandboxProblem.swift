/// Why a request is refused, as callers read it. Thrown before anything is written.
struct SandboxProblem: Error, Hashable {
    let status: Int64
    let code: String
    let message: String
    /// The member of the request it is about.
    let param: String?

    init(_ status: Int64, _ code: String, _ message: String, param: String? = nil) {
        self.status = status
        self.code = code
        self.message = message
        self.param = param
    }

    // MARK: The request itself

    static func malformedJSON(_ why: String) -> Self { Self(400, "malformed_json", why) }
    static func invalidField(_ param: String, _ why: String) -> Self { Self(400, "invalid_field", why, param: param) }
    static let missingIdempotencyKey = Self(400, "missing_idempotency_key", "Idempotency-Key is required")
    static let invalidIdempotencyKey = Self(
        400, "invalid_idempotency_key", "Idempotency-Key must be 1 to 255 visible ASCII characters")
    static let unauthorized = Self(401, "unauthorized", "The bearer key is missing or not known")
    static let notFound = Self(404, "not_found", "There is nothing of this name, or it does not take this method")
    static let bodyTooLarge = Self(413, "body_too_large", "A body has at most 64 KiB")

    // MARK: What the payment's state forbids

    static func notCapturable(_ status: String) -> Self {
        Self(409, "not_capturable", "Nothing is left to capture of an authorization that is \(status)")
    }
    static func notVoidable(_ status: String) -> Self {
        Self(409, "not_voidable", "An authorization that is \(status) cannot be voided")
    }
    static let alreadyCaptured = Self(409, "already_captured", "A captured authorization is refunded, not voided")
    static func notRefundable(_ status: String) -> Self {
        Self(409, "not_refundable", "Nothing is left to refund of an authorization that is \(status)")
    }
    static let noActionRequired = Self(409, "no_action_required", "Nothing is waiting for the payer")
    static func dayNotClosable(_ why: String) -> Self { Self(409, "day_not_closable", why, param: "date") }

    // MARK: What is understood and cannot be done

    static let unknownPaymentMethod = Self(
        422, "unknown_payment_method", "This token is not in the sandbox's list", param: "payment_method")
    static let unsupportedCurrency = Self(
        422, "unsupported_currency", "The sandbox does not deal in this currency", param: "currency")
    static func exceedsCapturable(_ most: Int64) -> Self {
        Self(422, "amount_exceeds_capturable", "At most \(most) can be captured", param: "amount")
    }
    static func exceedsRefundable(_ most: Int64) -> Self {
        Self(422, "amount_exceeds_refundable", "At most \(most) can be refunded", param: "amount")
    }
    static let idempotencyKeyReused = Self(
        422, "idempotency_key_reused", "This Idempotency-Key was used for another request")

    // MARK: The sandbox itself

    static let storageUnavailable = Self(503, "storage_unavailable", "The request could not be recorded")
    static let gatewayTimeout = Self(504, "gateway_timeout", "The request was not answered in time")
}
