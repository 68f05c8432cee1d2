/// Amounts as people and files write them: "12.34", with the point where the currency's exponent puts it.
extension Amount {
    /// Reads a number of major units. Fewer digits after the point than the exponent are fine ("12", "12.3"), more are
    /// refused even when zero: they say that the writer meant another currency.
    package init(
        decimal text: some StringProtocol, in currency: Currency, sign: WrittenSign = .minus
    ) throws(DecimalTextError) {
        try self.init(decimalUTF8: text.utf8, in: currency, sign: sign)
    }

    /// The same from bytes, for readers of files that make no string first.
    package init(
        decimalUTF8 bytes: some Sequence<UInt8>, in currency: Currency, sign: WrittenSign = .minus
    ) throws(DecimalTextError) {
        let text = try DecimalText(bytes, sign: sign)
        guard text.fractionDigits <= currency.exponent else {
            throw .tooManyFractionDigits(text.fractionDigits, allowed: currency.exponent)
        }
        let (magnitude, overflow) = text.magnitude.multipliedReportingOverflow(
            by: UInt128(PowerOfTen[currency.exponent - text.fractionDigits]))
        guard !overflow, let units = Int128(magnitude, isNegative: text.isNegative),
            let minorUnits = Int64(exactly: units)
        else { throw .outOfRange }
        self.init(minorUnits: minorUnits, currency: currency)
    }

    /// The number of major units, always with all digits of the exponent: "12.30", "-0.05", "1200".
    package var decimal: String {
        DecimalText.write(minorUnits.magnitude, isNegative: isNegative, fractionDigits: currency.exponent)
    }
}

extension Amount: CustomStringConvertible {
    /// For people and logs: "12.30 EUR".
    package var description: String { "\(decimal) \(currency)" }
}
