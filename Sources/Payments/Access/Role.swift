/// What a principal is there for. The list is closed, and what each may do is one table.
package enum Role: String, Hashable, Sendable, CaseIterable {
    /// A program of ours: takes payments and keeps accounts.
    case service
    /// A person at work on the books: what a service may, reconciles, and proposes what needs a second person.
    case `operator`
    /// The second person: decides on what others proposed and proposes nothing itself.
    case approver
    /// Sees everything and changes nothing.
    case auditor
}

/// One thing a caller may be allowed to do.
package enum Permission: String, Hashable, Sendable, CaseIterable {
    /// See payments, accounts, the log and its proofs, breaks and work items.
    case read
    /// Charge, capture, void and refund.
    case movePayments
    /// Open accounts, and record ledger transactions on accounts outside the standard chart.
    case keepAccounts
    case registerMerchants
    /// Hand in a provider's or bank's file.
    case importStatements
    case proposeAdjustments
    case approveAdjustments
    /// Say that what waited for a person has been dealt with.
    case resolveWorkItems
    case listKeys
    /// Make keys; one for a role that can propose or approve works only once another principal has approved it.
    case proposeKeys
    case approveKeys
    case revokeKeys
    /// Say that the wall clock is right, so that things expire by it again.
    case confirmClock
}

extension Role {
    package func allows(_ permission: Permission) -> Bool {
        Self.table[permission, default: []].contains(self)
    }

    /// Who may do what. No role is on both sides of an approval: that takes two principals, whatever their keys.
    private static let table: [Permission: Set<Role>] = [
        .read: [.service, .operator, .approver, .auditor],
        .movePayments: [.service, .operator],
        .keepAccounts: [.service, .operator],
        .registerMerchants: [.service, .operator],
        .importStatements: [.operator],
        .proposeAdjustments: [.operator],
        .approveAdjustments: [.approver],
        .resolveWorkItems: [.operator],
        .listKeys: [.operator, .approver, .auditor],
        .proposeKeys: [.operator],
        .approveKeys: [.approver],
        // Taking power away needs no second person: a key that leaked is revoked by whoever notices.
        .revokeKeys: [.operator, .approver],
        .confirmClock: [.operator],
    ]

    /// Whether a key of this role works only after a second person has approved it: those that could take both sides of an
    /// approval if one person could hand them out alone.
    package var needsApproval: Bool { self == .operator || self == .approver }
}
