import Money

/// The accounts of the standard chart, as the paths they have; `{}` stands for whose account it is.
package enum AccountTemplate: String, Hashable, Sendable, CaseIterable {
    // Assets. The provider's are hung on our contract with it, the provider account.
    case providerReceivable = "provider:{}:receivable"
    case providerInTransit = "provider:{}:in_transit"
    case providerReserve = "provider:{}:reserve"
    case disputesReceivable = "disputes:{}:receivable"
    case bankCash = "bank:{}:cash"

    // Liabilities.
    case merchantPayable = "merchant:{}:payable"
    case merchantReserve = "merchant:{}:reserve"
    case payoutsInTransit = "payouts:{}:in_transit"
    case providerFeesPayable = "provider:{}:fees_payable"
    case suspense = "suspense:{}"

    // Revenue.
    case platformFees = "fees:platform"
    case exchangeFees = "fees:fx"
    case otherIncome = "income:other"

    // Expense.
    case providerFees = "fees:provider:{}"
    case bankFees = "fees:bank:{}"
    case chargebackLosses = "losses:chargeback"
    case merchantLosses = "losses:merchant"
    case writeOffLosses = "losses:write_off"

    // Either side by nature.
    case rounding = "rounding"
    case exchangePosition = "fx:position"
    case exchangeResult = "fx:result"
    case exchangeRevaluation = "fx:revaluation"

    /// Whether the template names an owner.
    package var hasOwner: Bool { rawValue.contains(AccountTemplate.placeholder) }

    /// Whether a path's segments, without the currency, are this template filled in.
    package func matches(_ stem: [Substring]) -> Bool {
        let pattern = rawValue.split(separator: ":")
        return pattern.count == stem.count
            && zip(pattern, stem).allSatisfy { $0 == AccountTemplate.placeholder || $0 == $1 }
    }

    /// Whose account a path is, by the segment that fills the template; nil where it names no owner.
    package func owner(in stem: [Substring]) -> Substring? {
        zip(rawValue.split(separator: ":"), stem).first { $0.0 == AccountTemplate.placeholder }?.1
    }

    fileprivate static let placeholder = "{}"
}

/// One account of the standard chart before its currency is chosen: a template and whose it is.
package struct StandardAccount: Hashable, Sendable {
    package let template: AccountTemplate
    package let owner: PathSegment?

    /// - Precondition: an owner is given exactly when the template names one.
    package init(_ template: AccountTemplate, of owner: PathSegment? = nil) {
        precondition(template.hasOwner == (owner != nil), "\(template) and its owner agree")
        self.template = template
        self.owner = owner
    }

    package func path(in currency: Currency) -> AccountPath {
        AccountPath(filling: template.rawValue, with: owner, currency: currency)
    }
}
