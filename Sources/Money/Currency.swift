/// What an amount is counted in: an ISO 4217 currency or a custom asset, with its exponent.
///
/// One machine word: the code in the upper bits, the exponent in the lowest four. Two assets of one name but another
/// exponent are different currencies, because the same number of minor units means another value.
package struct Currency: Hashable, Sendable {
    /// The whole currency as one positive number, as rows store it. Ordered by code.
    package let packed: Int64

    /// How many digits of a written amount follow the point: JPY 0, EUR 2, KWD 3.
    package var exponent: Int { Int(packed & 0b1111) }

    package var code: CurrencyCode { CurrencyCode(validBits: UInt64(packed) >> 4) }

    /// The currency of an ISO 4217 code in use today, for anything new.
    ///
    /// Withdrawn codes are refused, and codes without a minor unit (gold, test and "no currency" codes), for no amount
    /// can be counted in them. Custom assets are found through a `CurrencyRegistry`.
    package init(_ code: some StringProtocol) throws(CurrencyError) {
        self = try CurrencyRegistry.iso.currency(code)
    }

    /// The currency of an ISO 4217 code that may have been withdrawn since, to read what was recorded while it was in use.
    package init(recorded code: some StringProtocol) throws(CurrencyError) {
        self = try CurrencyRegistry.iso.recordedCurrency(code)
    }

    /// An asset of ours that is no currency of a state: points, credits, a token.
    ///
    /// A name may not be an ISO 4217 code, in use or withdrawn. Three-letter names may become one later; longer names
    /// never do.
    package static func custom(_ name: some StringProtocol, exponent: Int) throws(CurrencyError) -> Currency {
        guard let code = CurrencyCode(name) else { throw .malformed }
        guard ISO4217.entry(for: code) == nil else { throw .takenByISO(code) }
        guard exponents.contains(exponent) else { throw .exponentOutOfRange(exponent) }
        return Currency(code: code, exponent: exponent)
    }

    /// The currency a row stored as a number. Nil for a number `packed` cannot be.
    package init?(packed: Int64) {
        guard let bits = UInt64(exactly: packed), Self.exponents.contains(Int(bits & 0b1111)) else { return nil }
        guard let code = CurrencyCode(bits: bits >> 4) else { return nil }
        self.init(code: code, exponent: Int(bits & 0b1111))
    }

    /// The currency a row stored as its code and exponent, whatever the table of currencies says of it today.
    package init?(recorded code: some StringProtocol, exponent: Int) {
        guard let code = CurrencyCode(code), Self.exponents.contains(exponent) else { return nil }
        self.init(code: code, exponent: exponent)
    }

    init(code: CurrencyCode, exponent: Int) {
        packed = Int64(code.bits << 4 | UInt64(exponent))
    }

    /// Nine digits after the point are the most an asset may have: more leave too little of `Int64` before it.
    package static let exponents = 0...9
}

extension Currency: CustomStringConvertible, Comparable {
    package var description: String { code.description }

    package static func < (left: Currency, right: Currency) -> Bool { left.packed < right.packed }
}

// MARK: - Currencies named in source

extension Currency {
    package static let eur = Currency(code: CurrencyCode(literal: "EUR"), exponent: 2)
    package static let usd = Currency(code: CurrencyCode(literal: "USD"), exponent: 2)
    package static let gbp = Currency(code: CurrencyCode(literal: "GBP"), exponent: 2)
    package static let jpy = Currency(code: CurrencyCode(literal: "JPY"), exponent: 0)
    package static let kwd = Currency(code: CurrencyCode(literal: "KWD"), exponent: 3)
}
