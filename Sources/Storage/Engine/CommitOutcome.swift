/// Finds out whether a batch was committed whose connection ended during the COMMIT.
///
/// Locking the head waits until the old transaction has ended, one way or the other. What stands there then tells: every batch
/// that changes recorded state appends an event, and no other batch's first event has our bytes.
struct CommitOutcome {
    private let runs: [BookRun]
    private let limits: Engine.Limits

    init(_ runs: some Collection<BookRun>, _ limits: Engine.Limits) {
        self.runs = Array(runs)
        self.limits = limits
    }

    /// Asks until the database answers.
    /// - Throws: `outcomeUnknown` when it does not in time, or when there is no telling: where a batch appended nothing, and
    ///   others have written since.
    func find(on connection: any WriterConnection) throws -> Bool {
        let deadline = Deadline(after: limits.settlingSpanMax)
        var attempt = 0
        while true {
            do { return try ask(connection) } catch let fault as StorageFault where fault.isPassing {
                guard !deadline.hasPassed else { throw StorageFault.outcomeUnknown("\(fault)") }
                attempt += 1
                Pause.afterFailure(attempt)
            }
        }
    }

    private func ask(_ connection: any WriterConnection) throws -> Bool {
        try connection.reconnect()
        try connection.begin()
        defer { connection.rollback() }
        for run in runs {
            guard let head = try connection.lockHead(of: run.book) else { return false }
            if let answer = try run.wasCommitted(under: head, on: connection) { return answer }
        }
        return true
    }
}

extension BookRun {
    /// Whether what this run flushed is in the database; nil where it flushed nothing, and so nothing can tell.
    fileprivate func wasCommitted(under head: Head, on connection: any WriterConnection) throws -> Bool? {
        guard let flushedHead else { return nil }
        if head == flushedHead { return true }
        // Nobody has written since, or one other in our place.
        if head.batch <= flushedHead.batch { return false }
        guard entries.count > 0 else {
            throw StorageFault.outcomeUnknown("others have written to the book since")
        }
        return try connection.event(at: state.head.sequence + 1, book: book) == entries.first
    }
}
