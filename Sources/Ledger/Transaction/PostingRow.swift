import Money
import Storage

/// One leg of a ledger transaction that has more than two.
package struct PostingRow: Row, Hashable {
    package let transaction: LedgerTransactionID
    /// Its place among the legs, from 0.
    package let leg: Int64
    package let account: AccountID
    package let side: Side
    package let amount: Amount
    package let item: OpenItem?

    package var key: PairKey<LedgerTransactionID, Int64> { PairKey(transaction, leg) }

    package static let byTransaction = GroupKey<PostingRow, LedgerTransactionID>(
        "transaction", columns: ["ledger_transaction"]
    ) { $0.transaction }

    package static let byAccount = ListKey<PostingRow, AccountID>("account", columns: ["account"]) { row, file in
        file(row.account)
    }

    package static let table = TableDefinition<PostingRow>(
        "posting", .recorded, isAppendOnly: true, keyColumnCount: 2,
        columns: [
            .integer("ledger_transaction"),
            .integer("leg", check: "leg >= 0"),
            .integer("account"),
            .integer("side", check: "side IN (1, -1)"),
            .integer("amount_minor", check: "amount_minor > 0"),
            .text("currency"),
            .integer("exponent"),
            .integer("item_kind", optional: true),
            .integer("item", optional: true),
        ],
        groupKeys: [byTransaction], listKeys: [byAccount])

    package init(
        transaction: LedgerTransactionID, leg: Int64, account: AccountID, side: Side, amount: Amount, item: OpenItem?
    ) {
        self.transaction = transaction
        self.leg = leg
        self.account = account
        self.side = side
        self.amount = amount
        self.item = item
    }

    package func write(to columns: inout ColumnWriter) {
        columns.key(transaction)
        columns.integer(leg)
        columns.key(account)
        columns.integer(side.rawValue)
        columns.integer(amount.minorUnits)
        columns.currency(amount.currency)
        columns.item(item)
    }

    package init(from columns: inout ColumnReader) throws {
        transaction = try columns.key()
        leg = columns.integer()
        account = try columns.key()
        let side = columns.integer()
        guard let known = Side(rawValue: side) else { throw UnreadableColumn(name: "side", text: "\(side)") }
        self.side = known
        let minorUnits = columns.integer()
        amount = Amount(minorUnits: minorUnits, currency: try columns.currency())
        item = try columns.item()
    }
}
