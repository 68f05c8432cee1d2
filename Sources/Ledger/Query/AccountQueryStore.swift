import EventLog
import Storage

/// Pages of accounts, of an account's postings and of its open items.
extension LedgerQueries {
    /// Accounts in the order they were opened, those of one owner where one is named.
    /// - Parameter after: The last account of the page before; nil for the first page.
    package func accounts(of owner: AllowedText? = nil, after: AccountID? = nil, limit: Int) throws -> [Account] {
        let page: [ColumnValue] = [.integer(after?.rawValue ?? -1), .integer(Int64(limit))]
        guard let owner else { return try rows.select(Account.self, "id > ?2 ORDER BY id LIMIT ?3", page) }
        return try rows.select(
            Account.self, "id > ?2 AND owner_id = ?4 ORDER BY id LIMIT ?3", page + [.text(owner.text)])
    }

    /// The posted legs on an account, the latest first. Holds are not among them: they are not posted.
    /// - Parameter before: The cursor of the last posting of the page before; nil for the first page.
    package func postings(
        on account: AccountID, before: PostingCursor? = nil, limit: Int
    ) throws -> [AccountPosting] {
        let from = before ?? PostingCursor(transaction: LedgerTransactionID(rawValue: .max), leg: .max)
        var found: [(id: LedgerTransactionID, leg: PostingRow)] = []
        let values: [ColumnValue] = [
            .integer(account.rawValue), .integer(from.transaction.rawValue), .integer(from.leg),
            .integer(Int64(limit)),
        ]
        try rows.query(Self.postedLegs, values) { columns in
            let leg = try PostingRow(from: &columns)
            found.append((leg.transaction, leg))
        }
        return try found.map { id, leg in
            guard let header = try rows.find(LedgerTransaction.self, id) else { throw MissingRow(id.description) }
            return AccountPosting(
                transaction: header, leg: leg.leg, side: leg.side, amount: leg.amount, item: leg.item)
        }
    }

    /// The legs as rows of `posting`, wherever they are kept. Each part has an index of its own, and a limit.
    private static let postedLegs = """
        SELECT * FROM (\(half(leg: 0, "debit", side: 1)))
        UNION ALL SELECT * FROM (\(half(leg: 1, "credit", side: -1)))
        UNION ALL SELECT * FROM (
            SELECT p.ledger_transaction, p.leg, p.account, p.side, p.amount_minor, p.currency, p.exponent, p.item_kind,
                p.item
            FROM posting p JOIN ledger_transaction t ON t.book = p.book AND t.id = p.ledger_transaction
            WHERE p.book = ?1 AND p.account = ?2 AND t.phase IN (1, 3, 7) AND p.ledger_transaction <= ?3
                AND (p.ledger_transaction < ?3 OR p.leg < ?4)
            ORDER BY p.ledger_transaction DESC, p.leg DESC LIMIT ?5)
        ORDER BY 1 DESC, 2 DESC LIMIT ?5
        """

    private static func half(leg: Int, _ name: String, side: Int) -> String {
        """
        SELECT id, \(leg), \(name)_account, \(side), amount_minor, currency, exponent, \(name)_item_kind, \(name)_item
        FROM ledger_transaction
        WHERE book = ?1 AND \(name)_account = ?2 AND phase IN (1, 3, 7) AND id <= ?3 AND (id < ?3 OR \(leg) < ?4)
        ORDER BY id DESC LIMIT ?5
        """
    }

    /// What took from a hold, or reversed a ledger transaction, in the order it happened.
    package func children(of parent: LedgerTransactionID) throws -> [TransactionReading] {
        try rows.select(LedgerTransaction.self, "parent = ?2 ORDER BY id", [.integer(parent.rawValue)])
            .map { try reading(of: $0) }
    }

    /// Open holds whose timers have run out, the longest overdue first.
    func overdueHolds(at now: Instant, limit: Int) throws -> [Hold] {
        try rows.select(
            Hold.self, "status = 'open' AND expires_at <= ?2 ORDER BY expires_at LIMIT ?3",
            [.integer(now.microseconds), .integer(Int64(limit))])
    }
}
