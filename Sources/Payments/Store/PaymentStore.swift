import Ledger
import Money
import Storage

/// The payments.
package enum PaymentStore {
    static func insert(_ row: PaymentRow, in work: inout UnitOfWork) {
        PaymentEventStore.note(row.payment.id, in: &work)
        work.insert(row)
    }

    package static func find(_ id: PaymentID, in work: borrowing UnitOfWork) throws -> PaymentRow? {
        try work.find(PaymentRow.self, id)
    }

    // MARK: Reading

    package static func find(_ id: PaymentID, in rows: Rows) throws -> PaymentRow? {
        try rows.find(PaymentRow.self, id)
    }

    /// Payments of a status, the newest first, at most `limit`. Of captured ones there is no index: nearly all are, in the end.
    /// - Parameter previous: The last one of the page before.
    package static func page(
        of status: PaymentStatus, before previous: PaymentID?, limit: Int, in rows: Rows
    ) throws -> [PaymentRow] {
        precondition(status != .captured, "captured payments are found by no index")
        return try rows.select(
            PaymentRow.self, "status = ?2 AND status <> 'captured' AND id < ?3 ORDER BY id DESC LIMIT ?4",
            [.text(status.rawValue), .integer(previous?.rawValue ?? .max), .integer(Int64(limit))])
    }

    /// Payments in the order they were made, after `previous`: for whoever looks at all of them.
    package static func page(after previous: PaymentID?, limit: Int, in rows: Rows) throws -> [PaymentRow] {
        try rows.select(
            PaymentRow.self, "id > ?2 ORDER BY id LIMIT ?3",
            [.integer(previous?.rawValue ?? 0), .integer(Int64(limit))])
    }
}
