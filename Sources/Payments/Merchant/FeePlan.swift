import Money

/// What we take of a merchant's captures: a share, and a fixed part for each capture's payment in its currency.
package struct FeePlan: Hashable, Sendable {
    /// Hundredths of a percent.
    package let basisPoints: Int64
    /// For each currency named; nothing fixed in any other.
    package let fixed: [Amount]
    package let rounding: Rounding

    package static let basisPointsMax: Int64 = 10_000
    /// Far beyond any fee, and far below what a sum of fees could overflow with.
    package static let fixedMinorUnitsMax: Int64 = 1_000_000_000_000_000

    /// - Throws: `FeePlanRejection`.
    package init(basisPoints: Int64, fixed: [Amount] = [], rounding: Rounding) throws(FeePlanRejection) {
        guard 0...Self.basisPointsMax ~= basisPoints else { throw .basisPoints(basisPoints) }
        if let negative = fixed.first(where: \.isNegative) { throw .negative(negative) }
        if let high = fixed.first(where: { $0.minorUnits > Self.fixedMinorUnitsMax }) { throw .fixedTooHigh(high) }
        let sorted = fixed.sorted { $0.currency < $1.currency }
        for (left, right) in zip(sorted, sorted.dropFirst()) where left.currency == right.currency {
            throw .currencyTwice(left.currency)
        }
        self.basisPoints = basisPoints
        self.fixed = sorted
        self.rounding = rounding
    }

    package func fixed(in currency: Currency) -> Amount {
        fixed.first { $0.currency == currency } ?? .zero(currency)
    }

    /// What is agreed for one payment.
    /// - Parameter stated: The fee the charge states itself; it takes the plan's place, not its rounding.
    package func terms(in currency: Currency, stated: Amount? = nil) -> FeeTerms {
        if let stated { return FeeTerms(.stated(stated), rounding: rounding) }
        return FeeTerms(.plan(basisPoints: basisPoints, fixed: fixed(in: currency)), rounding: rounding)
    }
}

/// Why a fee plan is none, in the order checked.
package enum FeePlanRejection: Error, Hashable {
    /// Not from nothing to the whole.
    case basisPoints(Int64)
    case negative(Amount)
    /// Above `FeePlan.fixedMinorUnitsMax`.
    case fixedTooHigh(Amount)
    case currencyTwice(Currency)
}
