import Storage

/// Authorizations. What has become of one is read from its operations and disputes, so that there is no second figure to
/// disagree with them.
enum AuthorizationStore {
    static func insert(_ authorization: Authorization, in work: SandboxWork) throws {
        try work.run("INSERT INTO authorization (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)") { values in
            values.text(authorization.id)
            values.text(authorization.reference)
            values.text(authorization.token.rawValue)
            values.integer(authorization.amount)
            values.text(authorization.currency.code)
            values.text(authorization.captureMode.rawValue)
            values.instant(authorization.createdAt)
            values.instant(authorization.expiresAt)
            values.text(authorization.ending?.rawValue)
        }
    }

    static func end(_ id: String, as ending: Authorization.Ending, in work: SandboxWork) throws {
        try work.run("UPDATE authorization SET ending = ? WHERE id = ?") { values in
            values.text(ending.rawValue)
            values.text(id)
        }
    }

    static func find(_ id: String, in work: SandboxWork) throws -> Authorization? {
        let sql = "SELECT \(columns) FROM authorization WHERE id = ?"
        return try work.rows(sql, { $0.text(id) }, read: bare).first.map { try withSums($0, in: work) }
    }

    static func all(reference: String, in work: SandboxWork) throws -> [Authorization] {
        let sql = "SELECT \(columns) FROM authorization WHERE reference = ? ORDER BY created_at, id"
        return try work.rows(sql, { $0.text(reference) }, read: bare).map { try withSums($0, in: work) }
    }

    private static let columns =
        "id, reference, payment_method, amount, currency, capture, created_at, expires_at, ending"

    private static func bare(from columns: inout ColumnReader) throws -> Authorization {
        let id = columns.text()
        let reference = columns.text()
        let token = PaymentToken(rawValue: columns.text())
        let amount = columns.integer()
        let currency = SandboxCurrency(code: columns.text())
        let mode = Authorization.CaptureMode(rawValue: columns.text())
        guard let token, let currency, let mode else { throw SandboxFault.unreadableRow(table: "authorization") }
        return Authorization(
            id: id, reference: reference, token: token, amount: amount, currency: currency, captureMode: mode,
            createdAt: columns.instant(), expiresAt: columns.instant(),
            ending: columns.optionalText().flatMap(Authorization.Ending.init(rawValue:)))
    }

    private static func withSums(_ authorization: Authorization, in work: SandboxWork) throws -> Authorization {
        var authorization = authorization
        for sum in try OperationStore.sums(of: authorization.id, in: work) {
            switch (sum.kind, sum.status) {
            case (.authorization, let status): authorization.outcome = status
            case (.capture, .succeeded): authorization.sums.captured = sum.amount
            case (.capture, .pending): authorization.sums.capturing = sum.amount
            case (.refund, .succeeded): authorization.sums.refunded = sum.amount
            case (.refund, .pending): authorization.sums.refunding = sum.amount
            default: break
            }
        }
        if let dispute = try DisputeStore.find(authorization: authorization.id, in: work), dispute.status != .won {
            authorization.sums.disputed = dispute.amount
        }
        return authorization
    }
}
