import Ledger
import Money
import Storage

/// What the bank says we have in one currency, by the last statement that was booked to its end. `bank:{b}:cash` equals it.
package struct BankAccountBalance: Hashable, Sendable {
    package let bank: PathSegment
    package var closing: Amount
    package var date: BookingDate
    package var statement: StatementID

    package init(bank: PathSegment, closing: Amount, date: BookingDate, statement: StatementID) {
        self.bank = bank
        self.closing = closing
        self.date = date
        self.statement = statement
    }
}

extension BankAccountBalance: Row {
    package var key: PairKey<String, String> { Self.key(bank, closing.currency) }

    package static func key(_ bank: PathSegment, _ currency: Currency) -> PairKey<String, String> {
        PairKey(bank.text, currency.code.description)
    }

    package static let byBank = GroupKey<BankAccountBalance, String>("bank", columns: ["bank"]) { $0.bank.text }

    package static let table = TableDefinition<BankAccountBalance>(
        "bank_account_balance", .recorded, keyColumnCount: 2,
        columns: [
            .text("bank"),
            .text("currency"),
            .integer("exponent", check: "exponent BETWEEN 0 AND 9"),
            .integer("closing_minor"),
            .integer("statement_date"),
            .integer("statement"),
        ],
        groupKeys: [byBank])

    package func write(to columns: inout ColumnWriter) {
        columns.text(bank.text)
        columns.currency(closing.currency)
        columns.integer(closing.minorUnits)
        columns.date(date)
        columns.key(statement)
    }

    package init(from columns: inout ColumnReader) throws {
        bank = try columns.segment("bank")
        let currency = try columns.currency()
        closing = Amount(minorUnits: columns.integer(), currency: currency)
        date = try columns.date("statement_date")
        statement = try columns.key()
    }
}
