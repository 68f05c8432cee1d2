import Money

/// A few amounts of different currencies as one column: `EUR/2:10 JPY/0:30`, sorted, empty for none.
enum MinorUnitsText {
    static func text(of amounts: [Amount]) -> String {
        amounts.sorted { $0.currency < $1.currency }
            .map { "\($0.currency.code)/\($0.currency.exponent):\($0.minorUnits)" }.joined(separator: " ")
    }

    static func amounts(_ text: String) -> [Amount]? {
        let parts = text.split(separator: " ")
        let amounts = parts.compactMap(amount)
        return amounts.count == parts.count ? amounts : nil
    }

    private static func amount(_ text: Substring) -> Amount? {
        let fields = text.split(whereSeparator: { $0 == "/" || $0 == ":" })
        guard fields.count == 3, let exponent = Int(fields[1]), let minorUnits = Int64(fields[2]),
            let currency = Currency(recorded: fields[0], exponent: exponent)
        else { return nil }
        return Amount(minorUnits: minorUnits, currency: currency)
    }
}
