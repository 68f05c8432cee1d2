import Storage

/// Lets a book that was put back from a backup go on: raises its epoch and tells where the log was cut, in one commit.
///
/// What was signed and is still in the log has to be as it was signed; what was signed and is not there any more is told by
/// the event. So nobody begins an epoch on a log that was rewritten.
package struct EpochBeginning: Sendable {
    private let database: Database
    private let verifier: VerifierKey

    package init(of database: Database, verifier: VerifierKey) {
        self.database = database
        self.verifier = verifier
    }

    /// Begins an epoch that is later than every one that was signed. If the process dies before or after the commit, it is
    /// done again: a book that has told of its cut and signed nothing since is left as it is.
    /// - Parameter notes: All checkpoints outside of this book.
    /// - Returns: What was told; nil where it has been told already.
    /// - Throws: `LogBehindCheckpoint` when the log is not what was signed, or `NoteRejection`.
    package func run(_ book: BookID, notes: [SignedNote], context: EventContext) async throws -> LogCut? {
        let checkpoints = try notes.map { try Signed($0, verifier) }
        guard let beginning = try database.read(book, { try Self.beginning(after: checkpoints, in: $0) }) else {
            return nil
        }
        try await database.write(book) { work in
            guard work.nextSequence == beginning.cut.lastSequence + 1 else { throw LogMoved() }
            work.beginEpoch(beginning.epoch)
            work.append(beginning.cut, context: context)
        }
        return beginning.cut
    }

    private struct Signed {
        let checkpoint: Checkpoint
        let origin: LogOrigin

        init(_ note: SignedNote, _ key: VerifierKey) throws {
            checkpoint = try Checkpoint(note: note, keys: [key])
            guard let origin = LogOrigin(text: checkpoint.origin) else { throw NoteRejection.malformed }
            self.origin = origin
        }
    }

    private struct Beginning {
        let epoch: Int64
        let cut: LogCut
    }

    private static func beginning(after signed: [Signed], in rows: Rows) throws -> Beginning? {
        let head = rows.head
        let store = EventStore(rows)
        var lost: [Signed] = []
        for signed in signed {
            if try rows.keeps(signed.origin, size: signed.checkpoint.size) {
                try store.demand(signed.checkpoint)
            } else {
                lost.append(signed)
            }
        }
        // What earlier epochs lost has been told by the event that ended them.
        lost.removeAll { $0.origin.epoch < head.epoch || $0.checkpoint.size == 0 }
        if lost.isEmpty, try store.event(at: head.sequence)?.type == LogCut.type { return nil }
        let last = lost.max { ($0.origin.epoch, $0.checkpoint.size) < ($1.origin.epoch, $1.checkpoint.size) }
        let epoch = max(head.epoch, last?.origin.epoch ?? 0)
        guard epoch < .max else { throw StorageFault.disagrees("there is no epoch after \(epoch)") }
        return Beginning(
            epoch: epoch + 1,
            cut: LogCut(
                book: head.name, lastEpoch: head.epoch, lastSequence: head.sequence,
                lost: last.map {
                    LogCut.Lost(
                        epoch: $0.origin.epoch, size: Int64(clamping: $0.checkpoint.size), root: $0.checkpoint.root)
                }))
    }
}

/// Somebody appended to the log while its epoch was begun. Nothing was done.
package struct LogMoved: Error, CustomStringConvertible {
    package var description: String { "the log grew meanwhile: stop whoever writes to it, and do it again" }
}

extension Rows {
    /// Whether what a log had when it had `size` events is still in this one: its last event is of the same epoch. Of an epoch
    /// that was cut, what came before the cut is.
    func keeps(_ origin: LogOrigin, size: UInt64) throws -> Bool {
        guard let sequence = Int64(exactly: size), sequence <= asOf else { return false }
        guard sequence > 0 else { return true }
        guard let bytes = try event(at: sequence) else { return origin.epoch == head.epoch }
        guard let event = try? EventDocument(bytes) else { return true }
        return event.id.epoch == origin.epoch
    }
}
