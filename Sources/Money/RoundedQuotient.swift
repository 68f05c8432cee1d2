/// A whole quotient and what rounding left over: dividend = `value` × divisor + `remainder`, exactly.
package struct RoundedQuotient: Hashable, Sendable {
    package let value: Int128
    /// Smaller than the divisor; of the dividend's sign where rounding cut off, of the other where it added.
    package let remainder: Int128
}

/// Why a division has no answer.
package enum DivisionError: Error, Hashable {
    case byZero
    /// The quotient does not fit into `Int128`.
    case overflow
}

extension Rounding {
    /// `dividend` ÷ `divisor` as a whole number.
    package func quotient(of dividend: Int128, by divisor: Int128) throws(DivisionError) -> RoundedQuotient {
        try quotient(of: dividend, times: 1, by: divisor)
    }

    /// `value` × `factor` ÷ `divisor` as a whole number, rounded once; the product is kept in 256 bits, so only a
    /// quotient that itself does not fit is an overflow.
    package func quotient(
        of value: Int128, times factor: Int128, by divisor: Int128
    ) throws(DivisionError) -> RoundedQuotient {
        guard divisor != 0 else { throw .byZero }
        let product = value.magnitude.multipliedFullWidth(by: factor.magnitude)
        guard product.high < divisor.magnitude else { throw .overflow }
        let (truncated, rest) =
            product.high == 0
            ? product.low.quotientAndRemainder(dividingBy: divisor.magnitude)
            : divisor.magnitude.dividingFullWidth(product)

        let dividendIsNegative = (value < 0) != (factor < 0)
        let isNegative = dividendIsNegative != (divisor < 0)
        let moves = movesAwayFromZero(
            remainder: rest, divisor: divisor.magnitude, isNegative: isNegative,
            quotientIsOdd: !truncated.isMultiple(of: 2))
        let (magnitude, overflow) = truncated.addingReportingOverflow(moves ? 1 : 0)
        guard !overflow, let quotient = Int128(magnitude, isNegative: isNegative) else { throw .overflow }
        return RoundedQuotient(
            value: quotient,
            remainder: Self.signed(moves ? divisor.magnitude - rest : rest, isNegative: dividendIsNegative != moves))
    }

    /// A remainder is below a divisor that is an `Int128`, so it fits with either sign.
    private static func signed(_ remainder: UInt128, isNegative: Bool) -> Int128 {
        isNegative ? -Int128(remainder) : Int128(remainder)
    }
}

extension Int128 {
    /// The number of this size and sign; nil where it does not fit. The lowest one is one larger than the highest.
    init?(_ magnitude: UInt128, isNegative: Bool) {
        guard isNegative else {
            self.init(exactly: magnitude)
            return
        }
        guard magnitude <= Int128.min.magnitude else { return nil }
        self.init(truncatingIfNeeded: 0 &- magnitude)
    }
}
