import Storage

/// What a request with an idempotency key was answered: once for ever.
struct KeptAnswer: Sendable {
    /// SHA-256 of the request as understood, in hexadecimal.
    let fingerprint: String
    let status: Int64
    let body: String
}

enum KeptAnswerStore {
    static func find(_ key: String, in work: SandboxWork) throws -> KeptAnswer? {
        let sql = "SELECT fingerprint, status, body FROM kept_answer WHERE idempotency_key = ?"
        return try work.rows(sql, { $0.text(key) }) { columns in
            KeptAnswer(fingerprint: columns.text(), status: columns.integer(), body: columns.text())
        }.first
    }

    static func insert(_ answer: KeptAnswer, key: String, in work: SandboxWork) throws {
        let sql = "INSERT INTO kept_answer (idempotency_key, fingerprint, status, body) VALUES (?, ?, ?, ?)"
        try work.run(sql) { values in
            values.text(key)
            values.text(answer.fingerprint)
            values.integer(answer.status)
            values.text(answer.body)
        }
    }
}
