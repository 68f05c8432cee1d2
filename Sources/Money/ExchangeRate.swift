/// The price of one major unit of the base currency in major units of the quote currency, exactly as its source gave it:
/// EUR/USD 1.0725 says that one euro costs 1.0725 dollars.
///
/// There is no inverse rate: 1 ÷ 1.0725 is not exact. Converting the other way divides by this one.
package struct ExchangeRate: Hashable, Sendable {
    package let base: Currency
    package let quote: Currency
    package let value: ExactDecimal
    /// Who says so: a provider account, a bank, our own quote.
    package let source: String
    /// When it was quoted, in microseconds since 1970 UTC.
    package let quotedAtMicroseconds: Int64

    /// Throws, in this order: `sameCurrency`, `notPositive`, `tooPrecise`, `sourceMissing`.
    package init(
        base: Currency, quote: Currency, value: ExactDecimal, source: String, quotedAtMicroseconds: Int64
    ) throws(ExchangeError) {
        guard base != quote else { throw .sameCurrency(base) }
        guard value.significand > 0 else { throw .notPositive(value) }
        guard value.significand <= Int64.max, value.scale <= Self.scaleMax else { throw .tooPrecise(value) }
        guard !source.isEmpty else { throw .sourceMissing }
        self.base = base
        self.quote = quote
        self.value = value
        self.source = source
        self.quotedAtMicroseconds = quotedAtMicroseconds
    }

    /// With this bound and 63 bits of digits every factor of a conversion fits into `Int128`, whatever the exponents.
    package static let scaleMax = 18
}

/// Which way a rate is applied. Named at every conversion, so that a rate the wrong way round is an error and not
/// a price.
package enum ExchangeDirection: String, Sendable, Hashable, CaseIterable {
    case baseToQuote = "base_to_quote"
    case quoteToBase = "quote_to_base"
}

/// Why a rate or a conversion is refused.
package enum ExchangeError: Error, Hashable {
    case sameCurrency(Currency)
    case notPositive(ExactDecimal)
    /// More than 18 digits after the point, or a significand above `Int64.max`.
    case tooPrecise(ExactDecimal)
    case sourceMissing
    /// The amount is not in the currency this direction starts from.
    case currencyMismatch(expected: Currency, Currency)
    /// The result does not fit into `Int64` minor units.
    case outOfRange(Amount)
}
