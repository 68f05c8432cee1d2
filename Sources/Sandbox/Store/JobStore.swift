import Storage

/// Something the sandbox will do later. It outlives the process: what is owed is done after a restart.
struct Job: Sendable {
    enum Kind: String, Sendable {
        /// Ends an open operation; the argument is the decision.
        case decide
        /// Takes a succeeded refund back; the argument is the code.
        case returnRefund = "return_refund"
        case openDispute = "open_dispute"
        /// The argument is `won` or `lost`.
        case closeDispute = "close_dispute"
        case expire
    }

    let id: Int64
    let kind: Kind
    /// The operation or authorization it concerns.
    let subject: String
    let argument: String
}

enum JobStore {
    static func insert(
        _ kind: Job.Kind, of subject: String, argument: String = "", after span: Instant.Span, in work: SandboxWork
    ) throws {
        try work.run("INSERT INTO job (due_at, kind, subject, argument) VALUES (?, ?, ?, ?)") { values in
            values.instant(work.now.advanced(by: span))
            values.text(kind.rawValue)
            values.text(subject)
            values.text(argument)
        }
    }

    static func due(limit: Int64, in work: SandboxWork) throws -> [Job] {
        let sql = "SELECT id, kind, subject, argument FROM job WHERE due_at <= ? ORDER BY due_at, id LIMIT ?"
        return try work.rows(
            sql,
            { values in
                values.instant(work.now)
                values.integer(limit)
            },
            read: { columns in
                let id = columns.integer()
                guard let kind = Job.Kind(rawValue: columns.text()) else {
                    throw SandboxFault.unreadableRow(table: "job")
                }
                return Job(id: id, kind: kind, subject: columns.text(), argument: columns.text())
            })
    }

    static func delete(_ job: Job, in work: SandboxWork) throws {
        try work.run("DELETE FROM job WHERE id = ?") { $0.integer(job.id) }
    }

    static func nextDue(in work: SandboxWork) throws -> Instant? {
        let sql = "SELECT due_at FROM job ORDER BY due_at LIMIT 1"
        return try work.rows(sql, read: { $0.instant() }).first
    }

    /// How many fall due within a span.
    static func count(within span: Instant.Span, in work: SandboxWork) throws -> Int64 {
        let sql = "SELECT COUNT(*) FROM job WHERE due_at <= ?"
        return try work.rows(sql, { $0.instant(work.now.advanced(by: span)) }, read: { $0.integer() }).first ?? 0
    }
}
