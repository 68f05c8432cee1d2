/// One transfer as the bank shows it; negative when the provider drew it.
package struct BankLine: Hashable, Sendable {
    package let currency: SandboxCurrency
    package var amount: Int64
    package let remittance: String

    /// The remittance as sent, before a bank took anything from it.
    package init(_ remittance: Remittance) {
        currency = remittance.currency
        amount = remittance.net
        self.remittance = remittance.id
    }

    /// The bank's own name for the transfer, which says nothing about the provider's.
    var bankReference: String {
        "bnk_" + Base32.text(SplitMix.hash(remittance, seed: 0))
    }
}

/// The merchant's bank account on one booking date: opening balances, transfers, closing balances.
package struct BankStatement: Hashable, Sendable {
    package let bookingDate: BusinessDay
    /// Minor units at the start of the day; a currency that is absent opens at zero.
    package let opening: [SandboxCurrency: Int64]
    package let lines: [BankLine]

    package init(bookingDate: BusinessDay, opening: [SandboxCurrency: Int64], lines: [BankLine]) {
        self.bookingDate = bookingDate
        self.opening = opening
        self.lines = lines
    }

    package var closing: [SandboxCurrency: Int64] {
        lines.reduce(into: opening) { balances, line in balances[line.currency, default: 0] += line.amount }
    }

    package var text: String {
        let closing = closing
        let currencies = closing.keys.sorted { $0.code < $1.code }
        var csv = CSVText(heading: Self.columns)
        csv.append(["header", "\(bookingDate)", "", "", "", "", "bnk_\(bookingDate.compact)"])
        for currency in currencies { csv.append(balance("opening", opening[currency] ?? 0, currency)) }
        for line in lines { csv.append(fields(of: line)) }
        for currency in currencies { csv.append(balance("closing", closing[currency] ?? 0, currency)) }
        csv.append(["trailer", "", "", String(lines.count), "", "", ""])
        return csv.text
    }

    private static let columns = [
        "record", "booking_date", "value_date", "amount", "currency", "remittance", "bank_reference",
    ]

    private func balance(_ record: String, _ amount: Int64, _ currency: SandboxCurrency) -> [String] {
        [record, "\(bookingDate)", "", currency.decimal(amount), currency.code, "", ""]
    }

    private func fields(of line: BankLine) -> [String] {
        [
            "line", "\(bookingDate)", "\(bookingDate)", line.currency.decimal(line.amount), line.currency.code,
            line.remittance, line.bankReference,
        ]
    }
}
