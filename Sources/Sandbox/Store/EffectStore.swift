import Storage

/// The record of what really happened. Append-only; one effect of a kind for each operation or dispute.
enum EffectStore {
    static func insert(_ effect: Effect, in work: SandboxWork) throws {
        try work.run("INSERT INTO effect (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)") { values in
            values.text(effect.kind.rawValue)
            values.text(effect.authorization)
            values.text(effect.subject)
            values.text(effect.reference)
            values.integer(effect.amount)
            values.integer(effect.fee)
            values.text(effect.currency.code)
            values.instant(effect.occurredAt)
            values.text(effect.day.description)
        }
    }

    /// A page of the record, in the order things happened.
    static func page(after sequence: Int64, limit: Int64, in work: SandboxWork) throws -> [RecordedEffect] {
        let sql = "SELECT sequence, \(columns) FROM effect WHERE sequence > ? ORDER BY sequence LIMIT ?"
        return try work.rows(
            sql,
            { values in
                values.integer(sequence)
                values.integer(limit)
            }, read: recorded)
    }

    /// What no file has told yet, up to a day.
    static func unsettled(upTo day: BusinessDay, in work: SandboxWork) throws -> [RecordedEffect] {
        let sql = """
            SELECT sequence, \(columns) FROM effect
            WHERE day <= ? AND NOT EXISTS (SELECT 1 FROM settled_effect WHERE effect = effect.sequence) ORDER BY sequence
            """
        return try work.rows(sql, { $0.text(day.description) }, read: recorded)
    }

    static func markSettled(_ sequence: Int64, on day: BusinessDay, in work: SandboxWork) throws {
        try work.run("INSERT INTO settled_effect (effect, day) VALUES (?, ?)") { values in
            values.integer(sequence)
            values.text(day.description)
        }
    }

    private static let columns = "kind, authorization, subject, reference, amount, fee, currency, occurred_at, day"

    private static func recorded(from columns: inout ColumnReader) throws -> RecordedEffect {
        let sequence = columns.integer()
        let kind = Effect.Kind(rawValue: columns.text())
        let authorization = columns.text()
        let subject = columns.text()
        let reference = columns.optionalText()
        let amount = columns.integer()
        let fee = columns.integer()
        let currency = SandboxCurrency(code: columns.text())
        let occurredAt = columns.instant()
        let day = BusinessDay(text: columns.text())
        guard let kind, let currency, let day else { throw SandboxFault.unreadableRow(table: "effect") }
        let effect = Effect(
            kind: kind, authorization: authorization, subject: subject, reference: reference, amount: amount, fee: fee,
            currency: currency, occurredAt: occurredAt, day: day)
        return RecordedEffect(sequence: sequence, effect: effect)
    }
}

/// An effect with its place in the record, counted from 1.
struct RecordedEffect: Sendable {
    let sequence: Int64
    let effect: Effect
}
