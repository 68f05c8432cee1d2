/// What the sandbox takes for its service. Refunds cost nothing and return no fee.
enum ProviderFee {
    /// 1.4 % + 0.25 of a major unit, one exact fraction rounded once, half up, to the minor unit.
    /// So a yen charge bears 1.4 % and a quarter of a yen, and rounds: JPY 1000 costs 14.
    static func ofCharge(_ amount: Int64, in currency: SandboxCurrency) -> Int64 {
        // 14/1000 · amount + 1/4 · unit, over the common denominator 4000.
        let numerator = Int128(amount) * 56 + Int128(currency.unitsPerMajor) * 1_000
        return Int64((numerator + 2_000) / 4_000)
    }

    /// 15 major units for each dispute, not returned when it is won.
    static func ofDispute(in currency: SandboxCurrency) -> Int64 {
        15 * currency.unitsPerMajor
    }
}
