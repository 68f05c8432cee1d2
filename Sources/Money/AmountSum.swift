/// A running total of amounts of one currency, in `Int128`: it would take 2⁶⁴ amounts to overflow it, so adding cannot
/// fail but for the currency, and the order of adding does not matter.
package struct AmountSum: Hashable, Sendable {
    package private(set) var minorUnits: Int128 = 0
    package let currency: Currency

    package init(_ currency: Currency) {
        self.currency = currency
    }

    /// Throws `currencyMismatch` at the first amount of another currency.
    package init(of amounts: some Sequence<Amount>, in currency: Currency) throws(AmountError) {
        self.init(currency)
        for amount in amounts { try add(amount) }
    }

    package var isZero: Bool { minorUnits == 0 }

    /// Throws `currencyMismatch` and leaves the total as it was.
    package mutating func add(_ amount: Amount) throws(AmountError) {
        guard amount.currency == currency else { throw .currencyMismatch(currency, amount.currency) }
        minorUnits += Int128(amount.minorUnits)
    }

    /// Throws `currencyMismatch` and leaves the total as it was.
    package mutating func subtract(_ amount: Amount) throws(AmountError) {
        guard amount.currency == currency else { throw .currencyMismatch(currency, amount.currency) }
        minorUnits -= Int128(amount.minorUnits)
    }

    /// The total as an amount. Throws `outOfRange` where it needs more than `Int64`.
    package func amount() throws(AmountError) -> Amount {
        try Amount(narrowing: minorUnits, currency: currency)
    }
}
