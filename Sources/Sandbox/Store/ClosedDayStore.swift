import Storage

/// A business day that has ended, with the bytes of its files.
struct ClosedDay: Sendable {
    let day: BusinessDay
    /// The booking date of its remittances at the bank.
    let bankDate: BusinessDay
    let settlement: String
    let bank: String
    let faithfulSettlement: String
    let faithfulBank: String
    /// JSON.
    let planted: String
}

enum ClosedDayStore {
    static func insert(_ closed: ClosedDay, in work: SandboxWork) throws {
        try work.run("INSERT INTO closed_day (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?)") { values in
            values.text(closed.day.description)
            values.text(closed.bankDate.description)
            values.text(closed.settlement)
            values.text(closed.bank)
            values.text(closed.faithfulSettlement)
            values.text(closed.faithfulBank)
            values.text(closed.planted)
        }
    }

    static func last(in work: SandboxWork) throws -> BusinessDay? {
        let sql = "SELECT day FROM closed_day ORDER BY day DESC LIMIT 1"
        return try work.rows(sql, read: { $0.text() }).first.flatMap(BusinessDay.init(text:))
    }

    static func find(_ day: BusinessDay, in work: SandboxWork) throws -> ClosedDay? {
        let sql = "SELECT \(columns) FROM closed_day WHERE day = ?"
        return try work.rows(sql, { $0.text(day.description) }, read: closedDay).first
    }

    static func find(bankDate: BusinessDay, in work: SandboxWork) throws -> ClosedDay? {
        let sql = "SELECT \(columns) FROM closed_day WHERE bank_date = ?"
        return try work.rows(sql, { $0.text(bankDate.description) }, read: closedDay).first
    }

    private static let columns =
        "day, bank_date, settlement, bank, faithful_settlement, faithful_bank, planted"

    private static func closedDay(from columns: inout ColumnReader) throws -> ClosedDay {
        let day = BusinessDay(text: columns.text())
        let bankDate = BusinessDay(text: columns.text())
        guard let day, let bankDate else { throw SandboxFault.unreadableRow(table: "closed_day") }
        return ClosedDay(
            day: day, bankDate: bankDate, settlement: columns.text(), bank: columns.text(),
            faithfulSettlement: columns.text(), faithfulBank: columns.text(), planted: columns.text())
    }
}

/// What the merchant's bank account holds, in minor units of each currency.
enum BankBalanceStore {
    static func all(in work: SandboxWork) throws -> [SandboxCurrency: Int64] {
        let rows = try work.rows("SELECT currency, amount FROM bank_balance") { columns in
            (currency: SandboxCurrency(code: columns.text()), amount: columns.integer())
        }
        return try rows.reduce(into: [:]) { balances, row in
            guard let currency = row.currency else { throw SandboxFault.unreadableRow(table: "bank_balance") }
            balances[currency] = row.amount
        }
    }

    static func save(_ balances: [SandboxCurrency: Int64], in work: SandboxWork) throws {
        for (currency, amount) in balances {
            try work.run("INSERT OR REPLACE INTO bank_balance (currency, amount) VALUES (?, ?)") { values in
                values.text(currency.code)
                values.integer(amount)
            }
        }
    }
}
