/// What the standard chart says of one of its accounts.
package struct ChartLine: Hashable, Sendable {
    package let template: AccountTemplate
    package let type: AccountType
    /// On which sides the account may stand. Only a report calls the wrong side wrong: facts are posted whatever they do.
    package let standing: AccountStanding
    package let purpose: AccountPurpose
    /// Whether each posting names the item it belongs to.
    package let tracksItems: Bool
    package let floor: FloorPolicy
    /// Only posting rules and approved adjustments write it; every account of the standard chart is one.
    package let isControl: Bool

    fileprivate init(
        _ template: AccountTemplate, _ type: AccountType, _ standing: AccountStanding = .normal,
        _ purpose: AccountPurpose = .ordinary, items tracksItems: Bool = false, floor: FloorPolicy = .none
    ) {
        self.template = template
        self.type = type
        self.standing = standing
        self.purpose = purpose
        self.tracksItems = tracksItems
        self.floor = floor
        isControl = true
    }
}

/// The sides an account may stand on.
package enum AccountStanding: Hashable, Sendable {
    case normal
    case either
}

package enum AccountPurpose: String, Hashable, Sendable {
    case ordinary
    /// Holds items whose treatment is known but not complete: each returns to zero, and its age is watched.
    case clearing
    /// Holds items whose treatment is not known: each has an owner and an age until it returns to zero.
    case suspense

    package var returnsToZero: Bool { self != .ordinary }
}

/// What our own requests may not take an account below. Facts are not bound by it.
package enum FloorPolicy: Hashable, Sendable {
    case none
    case zero
    /// The book's policy for merchants in debt: `refuse`, or `allow` down to a limit.
    case merchantDebt
}

/// The standard chart of accounts.
package enum ChartOfAccounts {
    package static let lines: [ChartLine] = [
        // Captured, not yet remitted; after a refund the provider may owe us less than nothing.
        ChartLine(.providerReceivable, .asset, .either, items: true),
        // Remitted, not yet at our bank.
        ChartLine(.providerInTransit, .asset, .either, .clearing, items: true),
        // Held back from us.
        ChartLine(.providerReserve, .asset),
        // Taken by a chargeback, outcome open.
        ChartLine(.disputesReceivable, .asset, .normal, .clearing, items: true),
        // Moved by bank lines only, so that it always equals the bank's statement.
        ChartLine(.bankCash, .asset),

        // What we owe; in debit the merchant owes us, which is reported as an asset.
        ChartLine(.merchantPayable, .liability, .either, floor: .merchantDebt),
        ChartLine(.merchantReserve, .liability, floor: .zero),
        // Sent to the bank, not yet paid.
        ChartLine(.payoutsInTransit, .liability, .normal, .clearing, items: true),
        ChartLine(.providerFeesPayable, .liability),
        ChartLine(.suspense, .liability, .either, .suspense, items: true),

        ChartLine(.platformFees, .revenue),
        ChartLine(.exchangeFees, .revenue),
        ChartLine(.otherIncome, .revenue),

        ChartLine(.providerFees, .expense),
        ChartLine(.bankFees, .expense),
        ChartLine(.chargebackLosses, .expense),
        ChartLine(.merchantLosses, .expense),
        ChartLine(.writeOffLosses, .expense),

        // Differences and positions, on either side by nature; typed by where a report shows their debit.
        ChartLine(.rounding, .expense, .either),
        ChartLine(.exchangePosition, .asset, .either),
        ChartLine(.exchangeResult, .expense, .either),
        ChartLine(.exchangeRevaluation, .asset, .either),
    ]

    /// What the chart says of a path; nil when the account is a caller's own.
    package static func line(for path: AccountPath) -> ChartLine? {
        let stem = path.stem
        return lines.first { $0.template.matches(stem) }
    }

    package static func line(of template: AccountTemplate) -> ChartLine {
        guard let line = byTemplate[template] else { preconditionFailure("the chart lists every template") }
        return line
    }

    private static let byTemplate = Dictionary(uniqueKeysWithValues: lines.map { ($0.template, $0) })
}
