/// A currency the sandbox deals in, from its own table: a provider does not ask its merchants how many digits a yen has.
package struct SandboxCurrency: Hashable, Sendable {
    package let code: String
    /// Digits after the decimal point; the minor unit is 10 to the minus this.
    package let exponent: Int

    /// Nil for a code the sandbox does not deal in, also for a known one in lower case.
    package init?(code: String) {
        guard let exponent = Self.exponents[code] else { return nil }
        self.code = code
        self.exponent = exponent
    }

    /// Minor units in one major unit.
    var unitsPerMajor: Int64 {
        (0..<exponent).reduce(1) { power, _ in power * 10 }
    }

    /// The exact decimal text with all digits of the currency: `-0.05`, `1250`, `1.250`.
    package func decimal(_ minorUnits: Int64) -> String {
        let sign = minorUnits < 0 ? "-" : ""
        let digits = String(minorUnits.magnitude)
        guard exponent > 0 else { return sign + digits }
        let padded = String(repeating: "0", count: max(0, exponent + 1 - digits.count)) + digits
        return sign + padded.dropLast(exponent) + "." + padded.suffix(exponent)
    }

    /// Codes in a fixed order, for choices drawn by a seed.
    static let all: [SandboxCurrency] = exponents.keys.sorted().compactMap(SandboxCurrency.init(code:))

    private static let exponents: [String: Int] = {
        var table: [String: Int] = [:]
        for code in ["CLP", "ISK", "JPY", "KRW", "VND"] { table[code] = 0 }
        for code in ["AUD", "CAD", "CHF", "CZK", "DKK", "EUR", "GBP", "HKD", "NOK", "NZD", "PLN", "SEK", "SGD", "USD"] {
            table[code] = 2
        }
        for code in ["BHD", "JOD", "KWD", "OMR", "TND"] { table[code] = 3 }
        return table
    }()
}
