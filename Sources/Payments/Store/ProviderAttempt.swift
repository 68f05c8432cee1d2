import Storage

/// One time a provider was asked, for whoever wants to know what happened between a request and its outcome.
package struct ProviderAttempt: Row, Hashable {
    package typealias Key = PairKey<ProviderCommandID, Int64>

    package let command: ProviderCommandID
    /// 1, 2, 3 …
    package let number: Int64
    package let task: ProviderCommandRow.Task
    package let startedAt: Instant
    package var endedAt: Instant?
    package var result: AttemptResult?

    package var key: Key { PairKey(command, number) }

    package static let table = TableDefinition<ProviderAttempt>(
        "provider_attempt", .derived, keyColumnCount: 2,
        columns: [
            .integer("command"),
            .integer("number", check: "number >= 1"),
            .text("task", check: "task IN ('submit', 'look_up')"),
            .integer("started_at"),
            .integer("ended_at", optional: true),
            .text("result", optional: true),
        ],
        checks: ["(ended_at IS NULL) = (result IS NULL)"])

    package init(command: ProviderCommandID, number: Int64, task: ProviderCommandRow.Task, startedAt: Instant) {
        self.command = command
        self.number = number
        self.task = task
        self.startedAt = startedAt
    }

    package func write(to columns: inout ColumnWriter) {
        columns.key(command)
        columns.integer(number)
        columns.text(task.rawValue)
        columns.instant(startedAt)
        columns.instant(endedAt)
        columns.text(result?.rawValue)
    }

    package init(from columns: inout ColumnReader) throws {
        command = try columns.key()
        number = columns.integer()
        task = try columns.named("task")
        startedAt = columns.instant()
        endedAt = columns.optionalInstant()
        result = try columns.optionalParsed("result", AttemptResult.init(rawValue:))
    }
}

/// How an attempt ended.
package enum AttemptResult: String, Hashable, Sendable, CaseIterable {
    /// The provider stated what happened.
    case facts
    /// It took the command; the outcome comes later.
    case accepted
    /// It certainly did nothing.
    case unavailable
    /// It has never heard of the command.
    case notFound = "not_found"
    /// No usable answer.
    case unknown
    /// The one who asked never came back.
    case abandoned
}
