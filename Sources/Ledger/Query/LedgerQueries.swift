import EventLog
import Money
import Storage

/// What readers ask of the ledger. Every answer is of one snapshot and says as of which sequence.
package struct LedgerQueries {
    let rows: Rows

    package init(_ rows: Rows) {
        self.rows = rows
    }

    /// The sequence of the last event the answers know of.
    package var asOf: Int64 { rows.asOf }

    package func account(_ reference: AccountReference) throws -> Account? {
        switch reference {
        case .id(let id): try rows.find(Account.self, id)
        case .path(let path): try rows.find(Account.byPath, path.text)
        }
    }

    package func balance(of account: Account) throws -> BalanceReading {
        guard let row = try rows.find(AccountBalance.self, account.id) else { throw MissingRow(account.path.text) }
        return BalanceReading(account: account, balance: row.balance, asOf: asOf)
    }

    /// A ledger transaction with its legs, what is left of it as a hold, and how much of it was reversed.
    package func transaction(_ id: LedgerTransactionID) throws -> TransactionReading? {
        guard let header = try rows.find(LedgerTransaction.self, id) else { return nil }
        return try reading(of: header)
    }

    package func transaction(_ externalID: ExternalID) throws -> TransactionReading? {
        guard let header = try rows.find(LedgerTransaction.byExternalID, externalID.text) else { return nil }
        return try reading(of: header)
    }

    func reading(of header: LedgerTransaction) throws -> TransactionReading {
        let hold = header.phase == .pending ? try rows.find(Hold.self, header.id) : nil
        let reversed = try rows.find(ReversedAmount.self, header.id)?.minorUnits ?? 0
        let recorded = RecordedTransaction(header: header, legs: try legs(of: header), hold: hold)
        return TransactionReading(recorded: recorded, reversedMinorUnits: reversed)
    }

    private func legs(of header: LedgerTransaction) throws -> [RecordedTransaction.Leg] {
        guard let pair = header.pair else {
            return try rows.group(PostingRow.byTransaction, header.id).sorted { $0.leg < $1.leg }.map {
                try leg($0.account, $0.side, $0.amount, $0.item)
            }
        }
        return [
            try leg(pair.debitAccount, .debit, pair.amount, pair.debitItem),
            try leg(pair.creditAccount, .credit, pair.amount, pair.creditItem),
        ]
    }

    private func leg(
        _ id: AccountID, _ side: Side, _ amount: Amount, _ item: OpenItem?
    ) throws -> RecordedTransaction.Leg {
        guard let account = try rows.find(Account.self, id) else { throw MissingRow(id.description) }
        return RecordedTransaction.Leg(account: account, side: side, amount: amount, item: item)
    }
}

/// A row that another row names is not there: the database was changed by another hand. `verify` says where.
package struct MissingRow: Error, CustomStringConvertible {
    package let name: String

    init(_ name: String) {
        self.name = name
    }

    package var description: String { "\(name) has no row" }
}
