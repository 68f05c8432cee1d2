import Ledger
import Money

/// One movement on our bank account as the bank shows it.
package struct BankLine: Hashable, Sendable {
    /// Its place among the movements of the file, counted from 1.
    package let number: Int64
    package let kind: Kind
    package let bookingDate: BookingDate
    package let valueDate: BookingDate
    /// Negative where money left the account.
    package let amount: Amount
    /// The remittance it brings, by the provider's name, where the line says one.
    package let remittance: StatementReference?
    /// The bank's own name for it.
    package let bankReference: StatementReference?

    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case transfer
        /// What the bank takes for its service.
        case fee
    }

    package init(
        number: Int64, kind: Kind = .transfer, bookingDate: BookingDate, valueDate: BookingDate, amount: Amount,
        remittance: StatementReference?, bankReference: StatementReference?
    ) {
        self.number = number
        self.kind = kind
        self.bookingDate = bookingDate
        self.valueDate = valueDate
        self.amount = amount
        self.remittance = remittance
        self.bankReference = bankReference
    }

    package var currency: Currency { amount.currency }

    /// Whether some name in it looked like a card number and was masked.
    package var holdsCardNumber: Bool { [remittance, bankReference].contains { $0?.isMasked == true } }
}

/// The balance of one currency before and after the lines of a file.
package struct BankBalanceTotals: Hashable, Sendable {
    package let opening: Amount
    package let closing: Amount

    package init(opening: Amount, closing: Amount) {
        self.opening = opening
        self.closing = closing
    }

    package var currency: Currency { closing.currency }
}

/// Checks that in each currency opening and lines add up to closing, and that no line is without balances.
struct BankTally {
    private var balances: [BankBalanceTotals] = []
    private var sums: [Currency: AmountSum] = [:]

    mutating func add(_ line: BankLine) {
        var sum = sums[line.currency] ?? AmountSum(line.currency)
        // Of its own currency, so that adding cannot fail.
        try? sum.add(line.amount)
        sums[line.currency] = sum
    }

    /// - Throws: `sumDiffers`, `sumOutOfRange`.
    mutating func close(opening: Amount, closing: Amount) throws(StatementFault) {
        let code = closing.currency.code.description
        let moved = sums.removeValue(forKey: closing.currency)?.minorUnits ?? 0
        let summed: Amount
        do {
            summed = try Amount(narrowing: Int128(opening.minorUnits) + moved, currency: closing.currency)
        } catch {
            throw .sumOutOfRange(code)
        }
        guard summed == closing else { throw .sumDiffers(code, stated: closing, summed: summed) }
        balances.append(BankBalanceTotals(opening: opening, closing: closing))
    }

    /// All balances, when every line's currency has had its own.
    func totals() throws(StatementFault) -> [BankBalanceTotals] {
        if let missing = sums.keys.min() { throw .missingTotal(missing.code.description) }
        return balances
    }
}
