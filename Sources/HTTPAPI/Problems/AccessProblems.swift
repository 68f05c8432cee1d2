import Payments

extension AuthenticationRejection: ProblemConvertible {
    var problem: Problem {
        switch self {
        case .malformed, .unknown: Problem(.keyInvalid)
        case .revoked: Problem(.keyRevoked)
        case .notApproved: Problem(.keyNotApproved)
        }
    }
}

extension KeyRejection: ProblemConvertible {
    var problem: Problem {
        switch self {
        case .unknownKey(let id): Problem(.keyNotFound, "there is no key \(id)")
        case .principalHasRole(let name, let role):
            Problem(.principalHasOtherRole, "\(name) acts as \(role.rawValue) already", param: "role")
        case .revoked(let id): Problem(.keyEnded, "\(id) was revoked")
        case .approvesOwn(let id): Problem(.fourEyesRequired, "\(id) is approved by another principal than its maker")
        }
    }
}

extension Permission {
    /// What is not allowed, in words.
    var sentence: String {
        switch self {
        case .read: "see this"
        case .movePayments: "take payments or give them back"
        case .keepAccounts: "keep accounts"
        case .registerMerchants: "register merchants"
        case .importStatements: "hand in statements"
        case .proposeAdjustments: "propose adjustments"
        case .approveAdjustments: "approve adjustments"
        case .resolveWorkItems: "resolve work items"
        case .listKeys: "see keys"
        case .proposeKeys: "make keys"
        case .approveKeys: "approve keys"
        case .revokeKeys: "revoke keys"
        case .confirmClock: "confirm the clock"
        }
    }
}
