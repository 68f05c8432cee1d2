import EventLog
import Storage

/// Pages of accounts, and what became of a ledger transaction.
extension LedgerQueries {
    /// Accounts in the order they were opened, those of one owner where one is named.
    /// - Parameter after: The last account of the page before; nil for the first page.
    package func accounts(of owner: AllowedText? = nil, after: AccountID? = nil, limit: Int) throws -> [Account] {
        let page: [ColumnValue] = [.integer(after?.rawValue ?? -1), .integer(Int64(limit))]
        guard let owner else { return try rows.select(Account.self, "id > ?2 ORDER BY id LIMIT ?3", page) }
        return try rows.select(
            Account.self, "id > ?2 AND owner_id = ?4 ORDER BY id LIMIT ?3", page + [.text(owner.text)])
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
