import Storage

/// The rows of the view of payments.
package enum PaymentViewStore {
    /// Payments a filter lets through, the newest first, at most `limit`.
    /// - Parameter previous: The last payment of the page before.
    package static func page(
        _ filter: PaymentFilter, before previous: PaymentID?, limit: Int, in rows: Rows
    ) throws -> [PaymentView] {
        let selection = PaymentSelection(filter, before: previous, limit: limit)
        return try rows.select(PaymentView.self, selection.text, selection.values)
    }

    /// Which payments of a range of identifiers are captured.
    static func captured(
        from first: PaymentID, through last: PaymentID, in rows: Rows
    ) throws -> Set<PaymentID> {
        var captured: Set<PaymentID> = []
        try rows.query(
            "SELECT id FROM payment_view WHERE book = ?1 AND id >= ?2 AND id <= ?3 AND status = 'captured'",
            [.integer(first.rawValue), .integer(last.rawValue)]
        ) { captured.insert(PaymentID(rawValue: $0.integer())) }
        return captured
    }
}
