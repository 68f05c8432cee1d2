import Storage

/// The rows of the view of payments.
enum PaymentViewStore {
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
