import Storage
import Synchronization

/// Signs the head of each log at least every 1,000 events or every minute while there is news, and puts it where the database
/// cannot reach.
///
/// Only a committed head is signed, and only after the log was shown to have grown out of the checkpoint before. If the
/// process stops after a checkpoint was put outside and before anybody was told, the next start finds it there.
package final class Checkpointer: Sendable {
    package static let eventsMax: UInt64 = 1_000
    package static let newsAgeMax = Instant.Span.minutes(1)

    private struct Signed {
        let checkpoint: Checkpoint
        let note: SignedNote
        /// Nil for one that an earlier process signed, whose age nobody knows.
        let at: Instant?
    }

    private let database: Database
    private let signer: SignerKey
    private let places: [any CheckpointPlace]
    /// Held while signing, so that there are never two checkpoints on their way.
    private let signed = Mutex<[String: Signed]>([:])

    /// - Parameter places: All of them must have a checkpoint before it is published.
    package init(database: Database, signer: SignerKey, places: [any CheckpointPlace]) {
        self.database = database
        self.signer = signer
        self.places = places
    }

    package var verifier: VerifierKey { signer.verifier }

    /// Compares every log with the checkpoints outside; to be done before anything is written.
    /// - Throws: `LogBehindCheckpoint`, or `NoteRejection` for a checkpoint that our key did not sign.
    package func start() throws {
        let heads = try database.heads()
        for note in try places.flatMap({ try $0.latest() }) {
            let checkpoint = try Checkpoint(note: note, keys: [signer.verifier])
            guard let origin = LogOrigin(text: checkpoint.origin),
                let head = heads.first(where: { $0.name == origin.book })
            else { throw LogBehindCheckpoint(checkpoint: checkpoint, cause: .bookIsGone) }
            try database.read(head.book) { try EventStore($0).demand(checkpoint) }
            remember(Signed(checkpoint: checkpoint, note: note, at: nil), for: origin)
        }
    }

    private func remember(_ found: Signed, for origin: LogOrigin) {
        signed.withLock { signed in
            let known = signed[origin.description]?.checkpoint.size ?? 0
            if found.checkpoint.size >= known { signed[origin.description] = found }
        }
    }

    /// Signs what is due in the books this process is in charge of. Answers the checkpoints it signed.
    /// - Throws: `LogBehindCheckpoint` when a log is not what it was, upon which the process must stop; or what the world did.
    @discardableResult
    package func step(_ now: Instant) throws -> [Checkpoint] {
        let charges = Set(try database.charges().map(\.book))
        return try database.heads().filter { charges.contains($0.book) }.compactMap { head in
            try signed.withLock { signed in
                let last = signed[LogOrigin(book: head.name, epoch: head.epoch).description]
                guard isDue(head.sequence.magnitude, since: last, now) else { return nil }
                return try sign(head.book, at: now, &signed).checkpoint
            }
        }
    }

    private func isDue(_ size: UInt64, since last: Signed?, _ now: Instant) -> Bool {
        let lastSize = last?.checkpoint.size ?? 0
        guard size > lastSize else { return false }
        guard size - lastSize < Self.eventsMax, let at = last?.at else { return true }
        return now.since(at) >= Self.newsAgeMax
    }

    /// A checkpoint of all that is committed now, signed if there is none of that yet; nil for an empty log.
    package func current(of book: BookID, _ now: Instant) throws -> SignedNote? {
        let origin = try database.read(book) { rows in (EventStore(rows).origin.description, EventStore(rows).size) }
        return try signed.withLock { signed in
            if let last = signed[origin.0], last.checkpoint.size >= origin.1 { return last.note }
            return origin.1 == 0 ? nil : try sign(book, at: now, &signed).note
        }
    }

    /// The last checkpoint signed for a book; nil when there is none in this epoch.
    package func latest(of origin: LogOrigin) -> SignedNote? {
        signed.withLock { $0[origin.description]?.note }
    }

    private func sign(_ book: BookID, at now: Instant, _ signed: inout [String: Signed]) throws -> Signed {
        let last = signed
        let checkpoint = try database.read(book) { rows in
            let store = EventStore(rows)
            if let last = last[store.origin.description] { try store.demand(last.checkpoint) }
            return Checkpoint(origin: store.origin.description, size: store.size, root: try store.rightEdge().root)
        }
        let note = try checkpoint.signed(by: signer)
        for place in places { try place.put(note) }
        let result = Signed(checkpoint: checkpoint, note: note, at: now)
        signed[checkpoint.origin] = result
        return result
    }
}

extension EventStore {
    /// Checks that the log has grown out of a checkpoint, by the proof it would give to a stranger.
    ///
    /// A checkpoint that an earlier epoch lost is passed over: the first event of the next one tells where the log was cut.
    /// - Throws: `LogBehindCheckpoint`.
    package func demand(_ checkpoint: Checkpoint) throws {
        guard let signed = LogOrigin(text: checkpoint.origin), signed.book == origin.book else {
            throw LogBehindCheckpoint(checkpoint: checkpoint, cause: .bookIsGone)
        }
        if signed.epoch < origin.epoch, try !rows.keeps(signed, size: checkpoint.size) { return }
        guard signed.epoch <= origin.epoch, checkpoint.size <= size else {
            throw LogBehindCheckpoint(checkpoint: checkpoint, cause: .logIsShorter(size: size))
        }
        guard checkpoint.size > 0 else { return }
        let root = try rightEdge().root
        do {
            let proof = try consistencyProof(from: checkpoint.size, to: size)
            try proof.verify(oldRoot: checkpoint.root, newRoot: root)
        } catch is ProofRejection {
            throw LogBehindCheckpoint(checkpoint: checkpoint, cause: .logDiffers)
        }
    }
}
