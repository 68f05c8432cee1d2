import Storage

/// One callback on its way: the same bytes in every attempt.
struct Callback: Sendable {
    enum Signing: String, Sendable {
        case sound
        /// With another secret; sent once.
        case forged
        /// With a timestamp six minutes old; sent once.
        case stale
    }

    enum State: String, Sendable { case waiting, accepted, abandoned }

    let id: Int64
    /// The event's id, which is the `webhook-id`.
    let event: String
    let body: String
    let signing: Signing
    var attempts: Int64
    /// The last attempt's HTTP status; nil when none was answered.
    var lastStatus: Int64?
    var state: State
    var dueAt: Instant
}

enum CallbackStore {
    static func insert(
        event: String, body: String, signing: Callback.Signing = .sound, after span: Instant.Span, in work: SandboxWork
    ) throws {
        let sql = """
            INSERT INTO callback (event, body, signing, attempts, last_status, state, due_at)
            VALUES (?, ?, ?, 0, NULL, 'waiting', ?)
            """
        try work.run(sql) { values in
            values.text(event)
            values.text(body)
            values.text(signing.rawValue)
            values.instant(work.now.advanced(by: span))
        }
    }

    /// Writes what an attempt changed.
    static func save(_ callback: Callback, in work: SandboxWork) throws {
        try work.run("UPDATE callback SET attempts = ?, last_status = ?, state = ?, due_at = ? WHERE id = ?") {
            values in
            values.integer(callback.attempts)
            values.integer(callback.lastStatus)
            values.text(callback.state.rawValue)
            values.instant(callback.dueAt)
            values.integer(callback.id)
        }
    }

    /// The next to be sent, whether due yet or not.
    static func waiting(limit: Int64, in work: SandboxWork) throws -> [Callback] {
        let sql = "SELECT \(columns) FROM callback WHERE state = 'waiting' ORDER BY due_at, id LIMIT ?"
        return try work.rows(sql, { $0.integer(limit) }, read: callback)
    }

    static func page(after id: Int64, limit: Int64, in work: SandboxWork) throws -> [Callback] {
        let sql = "SELECT \(columns) FROM callback WHERE id > ? ORDER BY id LIMIT ?"
        return try work.rows(
            sql,
            { values in
                values.integer(id)
                values.integer(limit)
            }, read: callback)
    }

    static func waitingCount(in work: SandboxWork) throws -> Int64 {
        let sql = "SELECT COUNT(*) FROM callback WHERE state = 'waiting'"
        return try work.rows(sql, read: { $0.integer() }).first ?? 0
    }

    private static let columns = "id, event, body, signing, attempts, last_status, state, due_at"

    private static func callback(from columns: inout ColumnReader) throws -> Callback {
        let id = columns.integer()
        let event = columns.text()
        let body = columns.text()
        let signing = Callback.Signing(rawValue: columns.text())
        let attempts = columns.integer()
        let lastStatus = columns.optionalInteger()
        let state = Callback.State(rawValue: columns.text())
        guard let signing, let state else { throw SandboxFault.unreadableRow(table: "callback") }
        return Callback(
            id: id, event: event, body: body, signing: signing, attempts: attempts, lastStatus: lastStatus,
            state: state, dueAt: columns.instant())
    }
}
