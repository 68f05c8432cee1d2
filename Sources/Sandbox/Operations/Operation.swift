import Storage

/// One thing a caller asked of an authorization, the authorization itself among them.
struct Operation: Sendable {
    enum Kind: String, Sendable {
        case authorization, capture, void, refund

        var identifierPrefix: String {
            switch self {
            case .authorization: "auth"
            case .capture: "cap"
            case .void: "void"
            case .refund: "rfd"
            }
        }
    }

    enum Status: String, Sendable {
        case pending
        case actionRequired = "action_required"
        case succeeded, declined, failed, expired
    }

    let id: String
    let kind: Kind
    /// The authorization it belongs to; its own id where it is one.
    let authorization: String
    let authorizationReference: String
    /// The caller's name for it; nil for one made in the dashboard.
    let reference: String?
    let amount: Int64
    let currency: SandboxCurrency
    /// A capture that gives back what it leaves.
    let isFinal: Bool
    let createdAt: Instant
    var status = Status.pending
    var decline: DeclineCode?
    var finishedAt: Instant?

    /// What the provider will keep of a capture, told with it and settled later.
    var fee: Int64? {
        kind == .capture && status == .succeeded ? ProviderFee.ofCharge(amount, in: currency) : nil
    }

    var isOpen: Bool { status == .pending || status == .actionRequired }
}
