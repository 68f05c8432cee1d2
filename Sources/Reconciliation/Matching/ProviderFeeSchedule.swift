import Money

/// What a provider may keep of each capture, by our contract: so many hundredths of a percent and a fixed part, one exact
/// fraction rounded once.
///
/// The fixed part is told in major units, because that is how contracts tell it, and may be less than a minor unit: 0.25 of a
/// yen makes the difference between two roundings.
package struct ProviderFeeSchedule: Hashable, Sendable {
    package let basisPoints: Int64
    /// In major units of whatever currency the capture has.
    package let fixed: ExactDecimal
    package let rounding: Rounding

    /// Nil for a share outside 0 to 100 %, or a fixed part that is negative, above a million, or of more than six digits after
    /// the point: within these no fee of any amount can overflow on the way.
    package init?(basisPoints: Int64, fixed: ExactDecimal, rounding: Rounding) {
        guard (0...10_000).contains(basisPoints), fixed.scale <= 6,
            (0...1_000_000_000_000).contains(fixed.significand)
        else { return nil }
        self.basisPoints = basisPoints
        self.fixed = fixed
        self.rounding = rounding
    }

    /// The fee of a capture.
    /// - Throws: `outOfRange`.
    package func fee(of amount: Amount) throws(AmountError) -> Amount {
        // amount · bp / 10^4 + significand · 10^exponent / 10^scale, over their common denominator.
        let scale = Self.powerOfTen(fixed.scale)
        let share = Int128(amount.minorUnits) * Int128(basisPoints) * scale
        let fixedPart = fixed.significand * Self.powerOfTen(amount.currency.exponent) * 10_000
        do {
            let quotient = try rounding.quotient(of: share + fixedPart, by: 10_000 * scale)
            return try Amount(narrowing: quotient.value, currency: amount.currency)
        } catch let error as AmountError {
            throw error
        } catch {
            throw .zeroDenominator
        }
    }

    private static func powerOfTen(_ exponent: Int) -> Int128 {
        (0..<exponent).reduce(Int128(1)) { power, _ in power * 10 }
    }
}
