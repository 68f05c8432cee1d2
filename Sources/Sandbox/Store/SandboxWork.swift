import Storage

/// One unit of work inside a transaction: what a request or job may read and write.
final class SandboxWork {
    let connection: SQLiteConnection
    let rules: SandboxRules
    /// Later than that of every unit before it in this process: what a day's file covers is told by one moment.
    let now: Instant

    init(connection: SQLiteConnection, rules: SandboxRules, after last: Instant) {
        self.connection = connection
        self.rules = rules
        now = max(rules.clock.now, last.advanced(by: Instant.Span(microseconds: 1)))
    }

    /// Leaves nothing of a body that throws.
    func undoingOnFailure<Answer>(_ body: () throws -> Answer) throws -> Answer {
        try connection.execute("SAVEPOINT body")
        do {
            let answer = try body()
            try connection.execute("RELEASE body")
            return answer
        } catch {
            try connection.execute("ROLLBACK TO body; RELEASE body")
            throw error
        }
    }

    /// A name nobody comes upon by counting on, and none twice: a counter, and 28 bits of it mixed with the file's own salt. Names
    /// rise, so that what is added stands together in every index.
    func newIdentifier(_ prefix: String) throws -> String {
        let statement = try connection.statement(
            "UPDATE account SET next_identifier = next_identifier + 1 WHERE id = 1 RETURNING next_identifier, salt")
        defer { statement.reset() }
        guard try statement.step() else { throw SandboxFault.unreadableRow(table: "account") }
        var columns = statement.columns
        let counter = UInt64(bitPattern: columns.integer())
        let salt = UInt64(bitPattern: columns.integer())
        _ = try statement.step()
        return prefix + "_" + Base32.text(counter << 28 | SplitMix.mix(counter &+ SplitMix.mix(salt)) >> 36)
    }

    /// The business day now: the calendar's, or the one after the last closed day if that is later.
    func businessDay() throws -> BusinessDay {
        let today = BusinessDay(of: now)
        guard let closed = try ClosedDayStore.last(in: self) else { return today }
        return max(today, closed.advanced(byDays: 1))
    }
}

extension SandboxWork {
    /// Runs a statement that answers nothing.
    func run(_ sql: String, _ bind: (inout ColumnWriter) -> Void = { _ in }) throws {
        let statement = try connection.statement(sql)
        var values = statement.parameters
        bind(&values)
        try statement.run()
    }

    /// All rows of a query, read before anything else is done: a statement is one cursor.
    func rows<Row>(
        _ sql: String, _ bind: (inout ColumnWriter) -> Void = { _ in }, read: (inout ColumnReader) throws -> Row
    ) throws -> [Row] {
        let statement = try connection.statement(sql)
        defer { statement.reset() }
        var values = statement.parameters
        bind(&values)
        var rows: [Row] = []
        while try statement.step() {
            var columns = statement.columns
            rows.append(try read(&columns))
        }
        return rows
    }
}
