import EventLog
import Storage

/// Lists of payments, from the view. Each answer says as of which event of the log it is.
package struct PaymentViewQueries: Sendable {
    let database: Database

    package init(database: Database) {
        self.database = database
    }

    /// Payments a filter lets through, the newest first.
    /// - Parameter previous: The last payment of the page before.
    package func payments(
        _ filter: PaymentFilter, before previous: PaymentID? = nil, limit: Int, in book: BookID
    ) throws -> PaymentViewPage {
        try database.read(book) { rows in
            // One more than is wanted tells whether there are more.
            let found = try PaymentViewStore.page(filter, before: previous, limit: limit + 1, in: rows)
            return PaymentViewPage(
                payments: Array(found.prefix(limit)), hasMore: found.count > limit,
                asOf: try Cursor.position(of: PaymentViewProjection.name, in: rows))
        }
    }

    /// Nil when the log, as far as the view has come, tells of no such payment.
    package func payment(_ id: PaymentID, in book: BookID) throws -> PaymentView? {
        try database.read(book) { try $0.find(PaymentView.self, id) }
    }

    /// Which payments of a range of identifiers are captured: one query for whoever follows many.
    package func captured(
        from first: PaymentID, through last: PaymentID, in book: BookID
    ) throws -> Set<PaymentID> {
        try database.read(book) { try PaymentViewStore.captured(from: first, through: last, in: $0) }
    }

    /// How far the view of a book has come, for readers who wait for their own write.
    package func position(of book: BookID) throws -> Int64 {
        try database.read(book) { try Cursor.position(of: PaymentViewProjection.name, in: $0) }
    }
}

package struct PaymentViewPage: Hashable, Sendable {
    package let payments: [PaymentView]
    package let hasMore: Bool
    /// The last event of the log that was looked at when this was so.
    package let asOf: Int64
}
