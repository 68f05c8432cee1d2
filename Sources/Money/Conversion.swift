/// One amount turned into another currency, with everything needed to do the sum again: it is recorded whole.
package struct Conversion: Hashable, Sendable {
    package let from: Amount
    package let to: Amount
    package let rate: ExchangeRate
    package let direction: ExchangeDirection
    package let rounding: Rounding
    /// The exact result less `to`. Recorded with the conversion and never posted: books hold whole minor units.
    package let remainder: SubUnitRemainder
}

/// A fraction of one minor unit: what the exact result is more (positive) or less (negative) than the rounded one.
/// Not reduced; the denominator is the one of the division.
package struct SubUnitRemainder: Hashable, Sendable {
    package let numerator: Int128
    /// Positive.
    package let denominator: Int128
}

extension ExchangeRate {
    /// Converts by this rate in the named direction, rounding once, to whole minor units of the other currency.
    ///
    /// The result may be zero for a tiny amount; the remainder then holds all of it. Throws `currencyMismatch` or
    /// `outOfRange`.
    package func converted(
        _ amount: Amount, _ direction: ExchangeDirection, rounding: Rounding
    ) throws(ExchangeError) -> Conversion {
        let (source, target) = direction == .baseToQuote ? (base, quote) : (quote, base)
        guard amount.currency == source else { throw .currencyMismatch(expected: source, amount.currency) }
        let ratio = minorUnitRatio(direction)
        do {
            let quotient = try rounding.quotient(
                of: Int128(amount.minorUnits), times: ratio.factor, by: ratio.divisor)
            return Conversion(
                from: amount, to: try Amount(narrowing: quotient.value, currency: target),
                rate: self, direction: direction, rounding: rounding,
                remainder: SubUnitRemainder(numerator: quotient.remainder, denominator: ratio.divisor))
        } catch {
            throw .outOfRange(amount)
        }
    }

    /// Minor units of the target for one of the source, as a fraction: the rate, moved by both exponents and its scale.
    private func minorUnitRatio(_ direction: ExchangeDirection) -> (factor: Int128, divisor: Int128) {
        let shift = quote.exponent - base.exponent - value.scale
        let baseToQuote = (value.significand * PowerOfTen[max(shift, 0)], PowerOfTen[max(-shift, 0)])
        return switch direction {
        case .baseToQuote: baseToQuote
        case .quoteToBase: (baseToQuote.1, baseToQuote.0)
        }
    }
}
