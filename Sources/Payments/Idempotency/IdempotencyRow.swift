import Storage

/// That a caller's key was used, for what, and which event the answer is told from. One event may answer several keys: a
/// ledger transaction that is known by its external id answers each it is asked for under.
///
/// Derived, though events say the same: a row goes when its time is over, and what is recorded never does.
package struct IdempotencyRow: Row, Hashable {
    /// In the order they were claimed, so that those whose time is over come first.
    package let id: IdempotencyClaimID
    package let sequence: Int64
    package let claim: IdempotencyClaim
    package let isRejected: Bool
    package let claimedAt: Instant

    package var key: IdempotencyClaimID { id }

    package static let byKeyHash = UniqueKey<IdempotencyRow, RequestHash>(
        inRuns: "key_hash", columns: ["key_hash"]
    ) { $0.claim.keyHash }

    package static let table = TableDefinition<IdempotencyRow>(
        "idempotency", .derived,
        columns: [
            .integer("id"),
            .integer("claimed_at"),
            .bytes("key_hash", check: "length(key_hash) = 32"),
            .integer("sequence", check: "sequence >= 1"),
            .bytes("fingerprint", check: "length(fingerprint) = 32"),
            .text("status", check: "status IN ('accepted', 'rejected')"),
        ],
        uniqueKeys: [byKeyHash])

    package init(
        _ id: IdempotencyClaimID, _ claim: IdempotencyClaim, sequence: Int64, isRejected: Bool, claimedAt: Instant
    ) {
        self.id = id
        self.claim = claim
        self.sequence = sequence
        self.isRejected = isRejected
        self.claimedAt = claimedAt
    }

    package func write(to columns: inout ColumnWriter) {
        columns.key(id)
        columns.instant(claimedAt)
        columns.key(claim.keyHash)
        columns.integer(sequence)
        columns.key(claim.fingerprint)
        columns.text(isRejected ? "rejected" : "accepted")
    }

    package init(from columns: inout ColumnReader) throws {
        id = try columns.key()
        claimedAt = columns.instant()
        let keyHash: RequestHash = try columns.key()
        sequence = columns.integer()
        claim = IdempotencyClaim(keyHash: keyHash, fingerprint: try columns.key())
        isRejected = columns.text() == "rejected"
    }
}

extension IdempotencyRow {
    /// How long a caller may come again: 30 days from the first time, the last moment excluded.
    package static let lifetime = Instant.Span.days(30)

    /// An expired row counts as absent at once, whether or not it has been purged.
    package func isExpired(at now: Instant) -> Bool {
        claimedAt.advanced(by: IdempotencyRow.lifetime) <= now
    }
}
