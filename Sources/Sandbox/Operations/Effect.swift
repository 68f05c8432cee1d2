import Storage

/// Something that really happened: the sandbox's own record, which a test counts.
/// An operation or dispute has each kind of effect at most once; the table's unique key says so again.
struct Effect: Sendable {
    enum Kind: String, Sendable {
        case authorized, captured, voided, expired, refunded
        case refundReturned = "refund_returned"
        case chargedBack = "charged_back"
        case chargebackReversed = "chargeback_reversed"
    }

    let kind: Kind
    let authorization: String
    /// The operation or dispute it belongs to.
    let subject: String
    let reference: String?
    /// Minor units, always positive.
    let amount: Int64
    /// What the provider keeps for it.
    let fee: Int64
    let currency: SandboxCurrency
    let occurredAt: Instant
    /// The business day in whose file it belongs at the earliest.
    let day: BusinessDay
}
