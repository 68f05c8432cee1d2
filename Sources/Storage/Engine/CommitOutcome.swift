/// Finds out whether a batch was committed whose connection ended during the COMMIT.
///
/// Locking the head waits until the old transaction has ended, one way or the other. What stands there then tells: every batch
/// that changes recorded state appends an event, and no other batch's first event has our bytes.
struct CommitOutcome {
    let books: [BookChanges]
    /// How long the database is asked before it is given up.
    let spanMax: Instant.Span

    /// Asks until the database answers.
    /// - Throws: `outcomeUnknown` when it does not in time, or when there is no telling: where a batch appended nothing, and
    ///   others have written since.
    func find(on connection: any WriterConnection) throws -> Bool {
        let deadline = Deadline(after: spanMax)
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
        for changes in books {
            guard let head = try connection.lockHead(of: changes.book) else { return false }
            if let answer = try changes.wereCommitted(under: head, on: connection) { return answer }
        }
        return true
    }
}

extension BookChanges {
    /// Whether what was written of these is in the database; nil where that was nothing, and so nothing can tell.
    fileprivate func wereCommitted(under head: Head, on connection: any WriterConnection) throws -> Bool? {
        guard let writtenHead else { return nil }
        if head == writtenHead { return true }
        // Nobody has written since, or one other in our place.
        if head.batch <= writtenHead.batch { return false }
        guard entries.count > 0 else {
            throw StorageFault.outcomeUnknown("others have written to the book since")
        }
        return try connection.event(at: base.sequence + 1, book: book) == entries.first
    }
}
