import Payments
import Storage

/// Finds statements and their lines.
package enum StatementStore {
    /// Those that were received and are not booked to their last line: the same file again goes on with them.
    package static func unfinished(limit: Int, in rows: Rows) throws -> [Statement] {
        try rows.select(Statement.self, "imported_at IS NULL ORDER BY id LIMIT ?2", [.integer(Int64(limit))])
    }

    /// The lines of a remittance, a provider's and a bank's, after one of them.
    static func lines(
        of remittance: RemittanceID, after line: StatementLineID?, limit: Int, in rows: Rows
    ) throws -> [StatementLine] {
        try rows.select(
            StatementLine.self, "remittance = ?2 AND id > ?3 ORDER BY id LIMIT ?4",
            [.integer(remittance.rawValue), .integer(line?.rawValue ?? 0), .integer(Int64(limit))])
    }

    /// What files told of a payment, in the order it was booked: the provider's lines about it, and the bank's lines that
    /// brought their remittances.
    package static func lines(of payment: PaymentID, in rows: Rows) throws -> [StatementLine] {
        let told = try rows.group(StatementLine.byPayment, payment)
        let brought = try Set(told.compactMap(\.remittance)).flatMap { remittance in
            try rows.select(
                StatementLine.self, "remittance = ?2 AND kind IN ('bank_transfer', 'bank_fee') ORDER BY id",
                [.integer(remittance.rawValue)])
        }
        return (told + brought).sorted { $0.id < $1.id }
    }
}
