/// An exact whole number of minor units of one currency: 1000 of EUR is ten euros, of JPY a thousand yen.
///
/// Any `Int64` is an amount. Arithmetic says how it can fail instead of trapping, since its operands come from requests
/// and files; adding many up is what `AmountSum` is for.
package struct Amount: Hashable, Sendable {
    package let minorUnits: Int64
    package let currency: Currency

    package init(minorUnits: Int64, currency: Currency) {
        self.minorUnits = minorUnits
        self.currency = currency
    }

    package static func zero(_ currency: Currency) -> Amount { Amount(minorUnits: 0, currency: currency) }

    package var isZero: Bool { minorUnits == 0 }
    package var isPositive: Bool { minorUnits > 0 }
    package var isNegative: Bool { minorUnits < 0 }
}

// MARK: - Comparison

/// Amounts have no `<`: of two currencies neither is less, so the question itself can fail.
extension Amount {
    /// Throws `currencyMismatch`.
    package func isLess(than other: Amount) throws(AmountError) -> Bool {
        try requireCurrency(of: other)
        return minorUnits < other.minorUnits
    }

    /// Throws `currencyMismatch`.
    package func exceeds(_ other: Amount) throws(AmountError) -> Bool {
        try requireCurrency(of: other)
        return minorUnits > other.minorUnits
    }

    func requireCurrency(of other: Amount) throws(AmountError) {
        guard currency == other.currency else { throw .currencyMismatch(currency, other.currency) }
    }
}
