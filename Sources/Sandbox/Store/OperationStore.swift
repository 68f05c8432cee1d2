import Storage

/// Operations, authorizations' own among them.
enum OperationStore {
    static func insert(_ operation: Operation, in work: SandboxWork) throws {
        try work.run("INSERT INTO operation (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)") { values in
            values.text(operation.id)
            values.text(operation.kind.rawValue)
            values.text(operation.authorization)
            values.text(operation.authorizationReference)
            values.text(operation.reference)
            values.integer(operation.amount)
            values.text(operation.currency.code)
            values.boolean(operation.isFinal)
            values.instant(operation.createdAt)
            values.text(operation.status.rawValue)
            values.text(operation.decline?.code)
            values.instant(operation.finishedAt)
        }
    }

    /// Writes what may change: how it stands.
    static func save(_ operation: Operation, in work: SandboxWork) throws {
        try work.run("UPDATE operation SET status = ?, decline = ?, finished_at = ? WHERE id = ?") { values in
            values.text(operation.status.rawValue)
            values.text(operation.decline?.code)
            values.instant(operation.finishedAt)
            values.text(operation.id)
        }
    }

    static func find(_ id: String, in work: SandboxWork) throws -> Operation? {
        try work.rows("SELECT \(columns) FROM operation WHERE id = ?", { $0.text(id) }, read: operation).first
    }

    static func all(reference: String, in work: SandboxWork) throws -> [Operation] {
        let sql = "SELECT \(columns) FROM operation WHERE reference = ? \(inOrder)"
        return try work.rows(sql, { $0.text(reference) }, read: operation)
    }

    static func all(authorization: String, in work: SandboxWork) throws -> [Operation] {
        let sql = "SELECT \(columns) FROM operation WHERE authorization = ? \(inOrder)"
        return try work.rows(sql, { $0.text(authorization) }, read: operation)
    }

    /// The authorizations that wait for the payer and for nothing of ours, the oldest first.
    static func awaitingPayer(in work: SandboxWork) throws -> [String] {
        let sql = """
            SELECT id FROM operation WHERE status = 'action_required'
                AND NOT EXISTS (SELECT 1 FROM job WHERE subject = operation.id AND kind = 'decide')
            ORDER BY created_at, id
            """
        return try work.rows(sql, read: { $0.text() })
    }

    /// What the operations of one authorization add up to, for each kind and status.
    static func sums(
        of authorization: String, in work: SandboxWork
    ) throws -> [(kind: Operation.Kind, status: Operation.Status, amount: Int64)] {
        let sql = "SELECT kind, status, SUM(amount) FROM operation WHERE authorization = ? GROUP BY kind, status"
        return try work.rows(sql, { $0.text(authorization) }) { columns in
            let kind = Operation.Kind(rawValue: columns.text())
            let status = Operation.Status(rawValue: columns.text())
            guard let kind, let status else { throw SandboxFault.unreadableRow(table: "operation") }
            return (kind, status, columns.integer())
        }
    }

    private static let columns = """
        id, kind, authorization, authorization_reference, reference, amount, currency, final, created_at, status, decline,
        finished_at
        """

    /// The authorization before the capture it brought with it.
    private static let inOrder = "ORDER BY created_at, kind <> 'authorization', id"

    private static func operation(from columns: inout ColumnReader) throws -> Operation {
        let id = columns.text()
        let kind = Operation.Kind(rawValue: columns.text())
        let authorization = columns.text()
        let authorizationReference = columns.text()
        let reference = columns.optionalText()
        let amount = columns.integer()
        let currency = SandboxCurrency(code: columns.text())
        let isFinal = columns.boolean()
        let createdAt = columns.instant()
        let status = Operation.Status(rawValue: columns.text())
        guard let kind, let currency, let status else { throw SandboxFault.unreadableRow(table: "operation") }
        return Operation(
            id: id, kind: kind, authorization: authorization, authorizationReference: authorizationReference,
            reference: reference, amount: amount, currency: currency, isFinal: isFinal, createdAt: createdAt,
            status: status, decline: columns.optionalText().flatMap(DeclineCode.init(stored:)),
            finishedAt: columns.optionalInstant())
    }
}
