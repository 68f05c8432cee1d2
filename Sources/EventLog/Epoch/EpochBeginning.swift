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

    /// Looks at a book's log and at what was signed of it.
    /// - Parameter notes: All checkpoints outside of this book.
    /// - Throws: `LogBehindCheckpoint` when the log is not what was signed, or `NoteRejection`.
    package func plan(_ book: BookID, notes: [SignedNote]) throws -> EpochPlan {
        let checkpoints = try notes.map { try Signed($0, verifier) }
        return try database.read(book) { try Self.plan(after: checkpoints, in: $0) }
    }

    /// Begins the epoch, and so takes the mark of a restore away, in one commit. If the process dies before it, nothing
    /// happened.
    package func run(_ plan: EpochPlan, context: EventContext) async throws {
        try await database.write(plan.book) { work in
            guard work.nextSequence == plan.cut.lastSequence + 1 else { throw LogMoved() }
            work.beginEpoch(plan.epoch)
            work.append(plan.cut, context: context)
        }
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

    /// The checkpoints of this epoch and later ones that the log does not keep.
    /// - Throws: `LogBehindCheckpoint` where it keeps one, and is not what was signed.
    private static func lost(of signed: [Signed], in rows: Rows) throws -> [Signed] {
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
        lost.removeAll { $0.origin.epoch < rows.head.epoch || $0.checkpoint.size == 0 }
        return lost
    }

    private static func plan(after signed: [Signed], in rows: Rows) throws -> EpochPlan {
        let head = rows.head
        let lost = try lost(of: signed, in: rows)
        let last = lost.max { ($0.origin.epoch, $0.checkpoint.size) < ($1.origin.epoch, $1.checkpoint.size) }
        let epoch = max(head.epoch, last?.origin.epoch ?? 0)
        guard epoch < .max else { throw StorageFault.disagrees("there is no epoch after \(epoch)") }
        return EpochPlan(
            book: head.book, standing: try standing(hasLost: !lost.isEmpty, in: rows), epoch: epoch + 1,
            cut: LogCut(
                book: head.name, lastEpoch: head.epoch, lastSequence: head.sequence,
                lost: last.map {
                    LogCut.Lost(
                        epoch: $0.origin.epoch, size: Int64(clamping: $0.checkpoint.size), root: $0.checkpoint.root)
                }))
    }

    private static func standing(hasLost: Bool, in rows: Rows) throws -> LogStanding {
        if try hasLost || rows.isRestored { return .putBack }
        let last = try EventStore(rows).event(at: rows.head.sequence)
        return last?.type == LogCut.type ? .cutTold : .asItWas
    }
}

/// The epoch a book would begin now, and what it would tell.
package struct EpochPlan: Sendable {
    let book: BookID
    package let standing: LogStanding
    /// Later than every one that was signed.
    let epoch: Int64
    package let cut: LogCut
}

/// What a log shows of having been put back from a backup.
package enum LogStanding: Hashable, Sendable {
    /// It is marked as restored, or something that was signed is not in it any more.
    case putBack
    /// Its last event tells of a cut, and nothing was lost since.
    case cutTold
    /// Nothing shows that it ever was anything but this.
    case asItWas
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
