extension Amount {
    /// Throws `currencyMismatch` or `overflow`.
    package func adding(_ other: Amount) throws(AmountError) -> Amount {
        try requireCurrency(of: other)
        let (sum, overflow) = minorUnits.addingReportingOverflow(other.minorUnits)
        guard !overflow else { throw .overflow(self, other) }
        return Amount(minorUnits: sum, currency: currency)
    }

    /// May go below zero; whether that is allowed is for the caller's rule to say. Throws `currencyMismatch` or
    /// `overflow`.
    package func subtracting(_ other: Amount) throws(AmountError) -> Amount {
        try requireCurrency(of: other)
        let (difference, overflow) = minorUnits.subtractingReportingOverflow(other.minorUnits)
        guard !overflow else { throw .overflow(self, other) }
        return Amount(minorUnits: difference, currency: currency)
    }

    /// Throws `outOfRange` for `Int64.min`, the one number without an opposite.
    package func negated() throws(AmountError) -> Amount {
        try Amount(narrowing: -Int128(minorUnits), currency: currency)
    }

    /// This many times the amount. Throws `outOfRange`.
    package func multiplied(by count: Int64) throws(AmountError) -> Amount {
        try Amount(narrowing: Int128(minorUnits) * Int128(count), currency: currency)
    }

    /// The amount × `numerator` ÷ `denominator`, rounded once. Throws `zeroDenominator` or `outOfRange`.
    package func multiplied(
        by numerator: Int64, over denominator: Int64, rounding: Rounding
    ) throws(AmountError) -> Amount {
        let product = Int128(minorUnits) * Int128(numerator)
        let quotient: RoundedQuotient
        do {
            quotient = try rounding.quotient(of: product, by: Int128(denominator))
        } catch {
            // No quotient of a product of two `Int64` overflows `Int128`: only the denominator can be at fault.
            throw .zeroDenominator
        }
        return try Amount(narrowing: quotient.value, currency: currency)
    }

    /// A share of the amount in hundredths of a percent: 290 is 2.9 %. What rounding leaves stays with whoever keeps the
    /// rest, so take the rest by `subtracting` and never by a second rounding. Throws `outOfRange`.
    package func portion(basisPoints: Int64, rounding: Rounding) throws(AmountError) -> Amount {
        try multiplied(by: basisPoints, over: 10_000, rounding: rounding)
    }

    /// An amount of a result that was worked out more widely. Throws `outOfRange`.
    package init(narrowing minorUnits: Int128, currency: Currency) throws(AmountError) {
        guard let narrow = Int64(exactly: minorUnits) else { throw .outOfRange(minorUnits, currency) }
        self.init(minorUnits: narrow, currency: currency)
    }
}
