import Money

/// Amounts as tests write them: `.eur(1000)` is ten euros.
extension Amount {
    package static func eur(_ minorUnits: Int64) -> Amount { Amount(minorUnits: minorUnits, currency: .eur) }
    package static func usd(_ minorUnits: Int64) -> Amount { Amount(minorUnits: minorUnits, currency: .usd) }
    package static func gbp(_ minorUnits: Int64) -> Amount { Amount(minorUnits: minorUnits, currency: .gbp) }
    package static func jpy(_ minorUnits: Int64) -> Amount { Amount(minorUnits: minorUnits, currency: .jpy) }
    package static func kwd(_ minorUnits: Int64) -> Amount { Amount(minorUnits: minorUnits, currency: .kwd) }
}
