import Storage

/// The attempts at asking providers.
package enum ProviderAttemptStore {
    static func begin(_ command: ProviderCommandRow, in work: inout UnitOfWork) {
        work.insert(
            ProviderAttempt(
                command: command.id, number: command.attemptCount, task: command.task, startedAt: work.now))
    }

    /// Notes how an attempt ended. One that was given up in the meantime stays as it is.
    package static func end(
        _ command: ProviderCommandID, _ number: Int64, as result: AttemptResult, in work: inout UnitOfWork
    ) throws {
        guard var attempt = try work.find(ProviderAttempt.self, PairKey(command, number)), attempt.endedAt == nil
        else { return }
        attempt.endedAt = work.now
        attempt.result = result
        work.update(attempt)
    }

    /// All attempts at one command, in order.
    package static func all(of command: ProviderCommandID, in rows: Rows) throws -> [ProviderAttempt] {
        try rows.select(ProviderAttempt.self, "command = ?2 ORDER BY number", [.integer(command.rawValue)])
    }
}
