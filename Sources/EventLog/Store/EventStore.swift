import Storage

/// The log of one book, as one snapshot shows it: events, roots and proofs.
///
/// What a proof needs is read and hashed when it is asked for: at most 255 events and 255 stored hashes for each
/// level above them, whatever the size of the log.
package struct EventStore {
    let rows: Rows
    private let tree: TiledTree<Rows>

    package init(_ rows: Rows) {
        self.rows = rows
        tree = TiledTree(source: rows)
    }

    /// How many events there are, which is the sequence of the last one.
    package var size: UInt64 { rows.asOf.magnitude }

    /// Names this log in checkpoints.
    package var origin: LogOrigin { LogOrigin(book: rows.head.name, epoch: rows.head.epoch) }

    package func event(at sequence: Int64) throws -> EventDocument? {
        try rows.event(at: sequence).map { try EventDocument($0) }
    }

    /// The events after a sequence in order, at most `limit`.
    package func events(after sequence: Int64, limit: Int) throws -> [EventDocument] {
        var events: [EventDocument] = []
        try rows.events(after: sequence, limit: limit) { _, bytes in events.append(try EventDocument(Array(bytes))) }
        return events
    }

    /// The tree as the head row has it.
    /// - Throws: `StorageFault.disagrees` when it is not a tree of as many events as the head says.
    package func rightEdge() throws -> RightEdge {
        guard let edge = RightEdge(encoded: rows.head.tree), edge.size == size else {
            throw StorageFault.disagrees("the head of \(rows.head.name) holds a tree of another size")
        }
        return edge
    }

    /// The root of the log as it was when it had `size` events, computed from what is stored, not from the head.
    package func root(size: UInt64) throws -> TreeHash {
        guard size <= self.size else { throw ProofRequestRejection.aheadOfLog(size: size, log: self.size) }
        return try tree.root(size: size)
    }

    /// Ties the event at a sequence to the tree of `size` events.
    package func inclusionProof(sequence: Int64, size: UInt64) throws -> InclusionProof {
        guard size <= self.size else { throw ProofRequestRejection.aheadOfLog(size: size, log: self.size) }
        guard sequence >= 1, let proof = try InclusionProof(index: sequence.magnitude - 1, size: size, from: tree)
        else {
            throw ProofRequestRejection.notInTree(sequence: sequence, size: size)
        }
        return proof
    }

    /// Ties the tree of `from` events to that of `to`.
    package func consistencyProof(from: UInt64, to: UInt64) throws -> ConsistencyProof {
        guard to <= size else { throw ProofRequestRejection.aheadOfLog(size: to, log: size) }
        guard let proof = try ConsistencyProof(from: from, to: to, from: tree) else {
            throw ProofRequestRejection.noGrowth(from: from, to: to)
        }
        return proof
    }

    /// One event with everything a stranger needs to check it under a checkpoint of this log.
    package func proof(of sequence: Int64, under note: SignedNote) throws -> TransparencyProof {
        let size = try Checkpoint(text: note.text).size
        let inclusion = try inclusionProof(sequence: sequence, size: size)
        guard let event = try rows.event(at: sequence) else {
            throw MissingTreeHashes(tileLevel: 0, places: inclusion.index..<inclusion.index + 1)
        }
        return TransparencyProof(event: event, inclusion: inclusion, checkpoint: note)
    }
}

/// Why a proof was not made.
package enum ProofRequestRejection: Error, Hashable, Sendable {
    /// The log has not that many events yet.
    case aheadOfLog(size: UInt64, log: UInt64)
    /// No event of that sequence is in the tree of that size.
    case notInTree(sequence: Int64, size: UInt64)
    /// A consistency proof goes from a tree of at least one event to one of as many or more.
    case noGrowth(from: UInt64, to: UInt64)
}
