/// Where a payment stands, for people and callers: a pure function of its amounts and of how its authorization went.
package enum PaymentStatus: String, Hashable, Sendable, CaseIterable {
    /// Recorded; nobody outside knows of it yet.
    case accepted
    /// Asked for; no answer yet.
    case authorizing
    case actionRequired = "action_required"
    case authorized
    case partiallyCaptured = "partially_captured"
    case captured
    case voided
    case expired
    case declined
    case failed

    /// Whether the first question, will it be paid, has an answer.
    package var isDecided: Bool { self != .accepted && self != .authorizing }
}

/// How a payment's authorization went.
package enum AuthorizationState: String, Hashable, Sendable, CaseIterable {
    case accepted
    case authorizing
    case actionRequired = "action_required"
    /// The promise stands.
    case authorized
    /// The promise was used: captured in full, or the last capture gave back the rest.
    case used
    case voided
    case expired
    case declined
    case failed

    /// Whether no outcome has been stated.
    package var isOpen: Bool {
        switch self {
        case .accepted, .authorizing, .actionRequired: true
        case .authorized, .used, .voided, .expired, .declined, .failed: false
        }
    }
}

/// What sets a payment apart from an ordinary one. Once raised a flag stays, but for `inDoubt` and `disputed`, which are derived.
package struct PaymentFlags: OptionSet, Hashable, Sendable {
    package let rawValue: Int64

    package init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    /// A provider stated what does not agree with what we asked for or knew.
    package static let conflicted = PaymentFlags(rawValue: 1)
    /// It happened after we had said that it did not.
    package static let lateSuccess = PaymentFlags(rawValue: 2)
    /// Facts took more than the issuer promised, or returned or lost more than was captured.
    package static let aboveCeiling = PaymentFlags(rawValue: 4)
}

/// How much of what was captured stands in a provider's remittances.
package enum SettlementProgress: String, Hashable, Sendable, CaseIterable {
    case none
    case partial
    case full
}
