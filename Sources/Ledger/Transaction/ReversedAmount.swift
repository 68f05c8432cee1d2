import Storage

/// How much of a ledger transaction has been reversed so far, so that no reversals together exceed the original.
package struct ReversedAmount: Row, Hashable {
    package let transaction: LedgerTransactionID
    /// Minor units of each leg of a two-legged transaction; of a longer one, its first leg's amount when it is reversed.
    package var minorUnits: Int64

    package var key: LedgerTransactionID { transaction }

    package static let table = TableDefinition<ReversedAmount>(
        "reversed_amount", .recorded,
        columns: [.integer("ledger_transaction"), .integer("amount_minor", check: "amount_minor > 0")])

    package init(transaction: LedgerTransactionID, minorUnits: Int64) {
        self.transaction = transaction
        self.minorUnits = minorUnits
    }

    package func write(to columns: inout ColumnWriter) {
        columns.key(transaction)
        columns.integer(minorUnits)
    }

    package init(from columns: inout ColumnReader) throws {
        transaction = try columns.key()
        minorUnits = columns.integer()
    }
}
