import Ledger
import Storage

/// Finds remittances.
package enum RemittanceStore {
    /// Those our bank should have shown before a day and has not, and of which no break tells yet.
    static func overdue(on today: BookingDate, limit: Int, in rows: Rows) throws -> [Remittance] {
        try rows.select(
            Remittance.self,
            """
            received_count = 0 AND due_date < ?2 AND net_minor <> adjusted_minor AND NOT EXISTS (
                SELECT 1 FROM settlement_break b
                WHERE b.book = ?1 AND b.remittance = remittance.id AND b.class = 'remittance_differs_bank')
            ORDER BY due_date, id LIMIT ?3
            """, [.integer(Int64(today.dayNumber)), .integer(Int64(limit))])
    }

    /// Those our bank has shown and that have lines whose payments were not told.
    static func untold(limit: Int, in rows: Rows) throws -> [Remittance] {
        try rows.select(
            Remittance.self,
            """
            received_count > 0 AND EXISTS (
                SELECT 1 FROM statement_line l
                WHERE l.book = ?1 AND l.remittance = remittance.id AND l.id > coalesce(told_line, 0))
            ORDER BY id LIMIT ?2
            """, [.integer(Int64(limit))])
    }

    /// Remittances in the order they became known, after `previous`.
    package static func page(after previous: RemittanceID?, limit: Int, in rows: Rows) throws -> [Remittance] {
        try rows.select(
            Remittance.self, "id > ?2 ORDER BY id LIMIT ?3",
            [.integer(previous?.rawValue ?? 0), .integer(Int64(limit))])
    }
}
