import Storage

/// Disputes, at most one for each authorization.
enum DisputeStore {
    static func insert(_ dispute: Dispute, in work: SandboxWork) throws {
        try work.run("INSERT INTO dispute (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?)") { values in
            values.text(dispute.id)
            values.text(dispute.authorization)
            values.text(dispute.authorizationReference)
            values.integer(dispute.amount)
            values.text(dispute.currency.code)
            values.instant(dispute.openedAt)
            values.text(dispute.status.rawValue)
            values.instant(dispute.closedAt)
        }
    }

    /// Writes what may change: how it stands.
    static func save(_ dispute: Dispute, in work: SandboxWork) throws {
        try work.run("UPDATE dispute SET status = ?, closed_at = ? WHERE id = ?") { values in
            values.text(dispute.status.rawValue)
            values.instant(dispute.closedAt)
            values.text(dispute.id)
        }
    }

    static func find(authorization: String, in work: SandboxWork) throws -> Dispute? {
        let sql = "SELECT \(columns) FROM dispute WHERE authorization = ?"
        return try work.rows(sql, { $0.text(authorization) }, read: dispute).first
    }

    private static let columns =
        "id, authorization, authorization_reference, amount, currency, opened_at, status, closed_at"

    private static func dispute(from columns: inout ColumnReader) throws -> Dispute {
        let id = columns.text()
        let authorization = columns.text()
        let reference = columns.text()
        let amount = columns.integer()
        let currency = SandboxCurrency(code: columns.text())
        let openedAt = columns.instant()
        let status = Dispute.Status(rawValue: columns.text())
        guard let currency, let status else { throw SandboxFault.unreadableRow(table: "dispute") }
        return Dispute(
            id: id, authorization: authorization, authorizationReference: reference, amount: amount, currency: currency,
            openedAt: openedAt, status: status, closedAt: columns.optionalInstant())
    }
}
