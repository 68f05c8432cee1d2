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

    /// Payments that a filter lets through, the newest first, at most `limit`.
    /// - Parameter previous: The last one of the page before.
    package static func page(
        _ filter: PaymentFilter, before previous: PaymentID? = nil, limit: Int, in rows: Rows
    ) throws -> [PaymentRow] {
        let selection = PaymentSelection(filter, before: previous, limit: limit)
        return try rows.select(PaymentRow.self, selection.text, selection.values)
    }

    /// Payments in the order they were made, after `previous`: for whoever looks at all of them.
    package static func page(after previous: PaymentID?, limit: Int, in rows: Rows) throws -> [PaymentRow] {
        try rows.select(
            PaymentRow.self, "id > ?2 ORDER BY id LIMIT ?3",
            [.integer(previous?.rawValue ?? 0), .integer(Int64(limit))])
    }
}

/// Which payments are wanted; what is nil lets all through.
package struct PaymentFilter: Hashable, Sendable {
    package var status: PaymentStatus?
    package var merchant: PathSegment?
    package var reference: ExternalID?
    /// Included.
    package var createdFrom: Instant?
    /// Excluded.
    package var createdBefore: Instant?

    package init(
        status: PaymentStatus? = nil, merchant: PathSegment? = nil, reference: ExternalID? = nil,
        createdFrom: Instant? = nil, createdBefore: Instant? = nil
    ) {
        self.status = status
        self.merchant = merchant
        self.reference = reference
        self.createdFrom = createdFrom
        self.createdBefore = createdBefore
    }
}
