import Storage

/// Finds what of a receipt is still to be told.
enum ReceiptSpreadStore {
    static func unfinished(limit: Int, in rows: Rows) throws -> [ReceiptSpread] {
        try rows.select(
            ReceiptSpread.self, "is_done = 0 ORDER BY remittance LIMIT ?2", [.integer(Int64(limit))])
    }

    /// The lines of a remittance in a provider's files, after one of them.
    static func lines(
        of remittance: RemittanceID, after line: StatementLineID, limit: Int, in rows: Rows
    ) throws -> [StatementLine] {
        try rows.select(
            StatementLine.self, "remittance = ?2 AND id > ?3 ORDER BY id LIMIT ?4",
            [.integer(remittance.rawValue), .integer(line.rawValue), .integer(Int64(limit))])
    }
}
