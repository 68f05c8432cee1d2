/// A number exactly as it is written, "1.0725": significand ÷ 10^scale. What rates are kept in.
///
/// Compared as written: "1.10" and "1.1" are two values, for a rate is evidence and is kept in the form it was given.
package struct ExactDecimal: Hashable, Sendable {
    package let significand: Int128
    /// Digits after the point, 0 to 38.
    package let scale: Int

    /// Nil for a scale that is not 0 to 38.
    package init?(significand: Int128, scale: Int) {
        guard PowerOfTen.exponents.contains(scale) else { return nil }
        self.significand = significand
        self.scale = scale
    }

    /// Reads "1.0725" or "-3" by the grammar of `DecimalText`.
    package init(_ text: some StringProtocol, sign: WrittenSign = .minus) throws(DecimalTextError) {
        let text = try DecimalText(text.utf8, sign: sign)
        guard let significand = Int128(text.magnitude, isNegative: text.isNegative) else { throw .outOfRange }
        guard let number = ExactDecimal(significand: significand, scale: text.fractionDigits) else {
            throw .tooManyFractionDigits(text.fractionDigits, allowed: PowerOfTen.exponents.upperBound)
        }
        self = number
    }

    /// With this many digits after the point: more are rounded away, fewer are filled up with zeros. Nil where the zeros
    /// do not fit, or for a scale that is not 0 to 38.
    package func rounded(toScale digits: Int, rounding: Rounding) -> ExactDecimal? {
        guard PowerOfTen.exponents.contains(digits) else { return nil }
        let quotient = try? rounding.quotient(
            of: significand, times: PowerOfTen[max(digits - scale, 0)], by: PowerOfTen[max(scale - digits, 0)])
        return quotient.flatMap { ExactDecimal(significand: $0.value, scale: digits) }
    }
}

extension ExactDecimal: CustomStringConvertible {
    package var description: String {
        DecimalText.write(significand.magnitude, isNegative: significand < 0, fractionDigits: scale)
    }
}
