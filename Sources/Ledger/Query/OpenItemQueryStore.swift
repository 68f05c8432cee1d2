import Money
import Storage

extension LedgerQueries {
    /// What is open on an account that tracks items, the oldest first.
    /// - Parameter after: The last item of the page before; nil for the first page.
    package func openItems(
        on account: Account, after: OpenItemReading? = nil, limit: Int
    ) throws -> [OpenItemReading] {
        let from: [ColumnValue] = [
            .integer(after?.openedAt.microseconds ?? .min), .integer(after?.item.kind.rawValue ?? 0),
            .integer(after?.item.rawValue ?? 0),
        ]
        return try rows.select(
            ItemBalance.self,
            """
            account = ?2 AND debits_minor <> credits_minor AND (opened_at, item_kind, item) > (?3, ?4, ?5)
            ORDER BY opened_at, item_kind, item LIMIT ?6
            """,
            [.integer(account.id.rawValue)] + from + [.integer(Int64(limit))]
        ).map { OpenItemReading($0, on: account) }
    }

    /// What is open of one item on an account, also when that is nothing.
    package func openItem(_ item: OpenItem, on account: Account) throws -> OpenItemReading? {
        try rows.find(ItemBalance.self, ItemBalance.Key(account.id, item)).map { OpenItemReading($0, on: account) }
    }
}

extension OpenItemReading {
    fileprivate init(_ row: ItemBalance, on account: Account) {
        let debits = row.debits - row.credits
        item = row.item
        open = Amount(
            minorUnits: account.type.normalSide == .debit ? debits : -debits, currency: account.currency)
        openedAt = row.openedAt
    }
}
