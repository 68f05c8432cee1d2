import Storage

/// A payer's claim, through the issuer, to have captured money back.
struct Dispute: Sendable {
    enum Status: String, Sendable { case opened, won, lost }

    let id: String
    let authorization: String
    let authorizationReference: String
    let amount: Int64
    let currency: SandboxCurrency
    let openedAt: Instant
    var status = Status.opened
    var closedAt: Instant?

    /// Due when it opens, whoever wins.
    var fee: Int64 { ProviderFee.ofDispute(in: currency) }
}
