/// Why an operation on amounts has no answer, in the order the checks are made.
package enum AmountError: Error, Hashable {
    /// Two currencies cannot be added or compared; an exchange is a recorded act, not an operator.
    case currencyMismatch(Currency, Currency)
    /// The sum or difference of these two does not fit into `Int64`.
    case overflow(Amount, Amount)
    /// A ratio with a denominator of zero.
    case zeroDenominator
    /// The exact or rounded result, in minor units, does not fit into `Int64`.
    case outOfRange(Int128, Currency)
}
