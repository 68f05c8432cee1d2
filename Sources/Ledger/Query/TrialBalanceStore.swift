import Money
import Storage

extension TrialBalance {
    /// Adds up all postings of a book. They are read in pages, each from a snapshot of its own and all up to the sequence
    /// of the first: a report over millions of rows holds no snapshot for long, and yet is of one moment.
    package static func read(_ book: BookID, from database: Database, pageCount: Int = 100_000) throws -> TrialBalance {
        var accounts: [(account: Account, balance: Balance)] = []
        var asOf: Int64 = 0
        try database.read(book) { rows in
            asOf = rows.asOf
            accounts = try LedgerQueries(rows).accountsWithCounters()
        }
        var sums: [AccountID: Sums] = [:]
        var after = LedgerTransactionID(rawValue: -1)
        while let last = try database.read(book, { try $0.lastTransaction(of: pageCount, after: after, asOf) }) {
            try database.read(book) { try $0.addPostings(after: after, through: last, asOf, to: &sums) }
            after = last
        }
        let lines = accounts.map { account, balance in
            let sum = sums[account.id, default: Sums()]
            return Line(account: account, debits: sum.debits, credits: sum.credits, counters: balance)
        }
        return TrialBalance(asOf: asOf, lines: lines)
    }

    fileprivate struct Sums {
        var debits: Int128 = 0
        var credits: Int128 = 0
    }
}

extension LedgerQueries {
    /// All accounts beside their counters.
    func accountsWithCounters() throws -> [(account: Account, balance: Balance)] {
        var balances: [AccountID: Balance] = [:]
        for row in try rows.select(AccountBalance.self, "1 = 1") { balances[row.account] = row.balance }
        return try rows.select(Account.self, "1 = 1 ORDER BY id").map { account in
            guard let balance = balances[account.id] else { throw MissingRow(account.path.text) }
            return (account, balance)
        }
    }
}

extension Rows {
    /// The last ledger transaction of the page after one; nil when there is none up to the sequence.
    fileprivate func lastTransaction(
        of pageCount: Int, after: LedgerTransactionID, _ asOf: Int64
    ) throws -> LedgerTransactionID? {
        var last: LedgerTransactionID?
        let text = """
            SELECT max(id) FROM (SELECT id FROM ledger_transaction WHERE book = ?1 AND id > ?2 AND sequence <= ?3
                ORDER BY id LIMIT ?4) AS page
            """
        try query(text, [.integer(after.rawValue), .integer(asOf), .integer(Int64(pageCount))]) {
            last = $0.optionalKey()
        }
        return last
    }

    /// Adds the posted legs of a range of ledger transactions. High and low halves are summed apart, so that no sum of a
    /// page can leave 64 bits.
    fileprivate func addPostings(
        after: LedgerTransactionID, through last: LedgerTransactionID, _ asOf: Int64,
        to sums: inout [AccountID: TrialBalance.Sums]
    ) throws {
        let values: [ColumnValue] = [.integer(after.rawValue), .integer(last.rawValue), .integer(asOf)]
        try query(Self.sums, values) { columns in
            let account: AccountID = try columns.key()
            let side = columns.integer()
            let amount = Int128(columns.integer()) << 32 + Int128(columns.integer())
            if side == Side.debit.rawValue {
                sums[account, default: TrialBalance.Sums()].debits += amount
            } else {
                sums[account, default: TrialBalance.Sums()].credits += amount
            }
        }
    }

    private static let sums = """
        \(halfSum("debit", side: 1))
        UNION ALL \(halfSum("credit", side: -1))
        UNION ALL SELECT p.account, p.side, \(halves("p.amount_minor"))
        FROM ledger_transaction t JOIN posting p ON p.book = t.book AND p.ledger_transaction = t.id
        WHERE t.book = ?1 AND t.id > ?2 AND t.id <= ?3 AND t.sequence <= ?4 AND t.phase IN (1, 3, 7) AND t.leg_count > 2
        GROUP BY p.account, p.side
        """

    /// A page's sum of high halves, and of low halves, fits: PostgreSQL's own sums are of a wider type.
    private static func halves(_ column: String) -> String {
        "CAST(sum(\(column) / 4294967296) AS BIGINT), CAST(sum(\(column) % 4294967296) AS BIGINT)"
    }

    private static func halfSum(_ name: String, side: Int) -> String {
        """
        SELECT \(name)_account, \(side), \(halves("amount_minor"))
        FROM ledger_transaction
        WHERE book = ?1 AND id > ?2 AND id <= ?3 AND sequence <= ?4 AND phase IN (1, 3, 7) AND leg_count = 2
        GROUP BY \(name)_account
        """
    }
}
