import Storage

/// That a caller's key was used, for what, and which event the answer is told from.
///
/// Derived, though events say the same: a row goes when its time is over, and what is recorded never does.
package struct IdempotencyRow: Row, Hashable {
    package let sequence: Int64
    package let claim: IdempotencyClaim
    package let isRejected: Bool
    package let claimedAt: Instant

    package var key: Int64 { sequence }

    package static let byKeyHash = UniqueKey<IdempotencyRow, RequestHash>(
        "key_hash", columns: ["key_hash"]
    ) { $0.claim.keyHash }

    package static let table = TableDefinition<IdempotencyRow>(
        "idempotency", .derived,
        columns: [
            .integer("sequence", check: "sequence >= 1"),
            .bytes("key_hash", check: "length(key_hash) = 32"),
            .bytes("fingerprint", check: "length(fingerprint) = 32"),
            .text("status", check: "status IN ('accepted', 'rejected')"),
            .integer("claimed_at"),
        ],
        uniqueKeys: [byKeyHash])

    package init(_ claim: IdempotencyClaim, sequence: Int64, isRejected: Bool, claimedAt: Instant) {
        self.claim = claim
        self.sequence = sequence
        self.isRejected = isRejected
        self.claimedAt = claimedAt
    }

    package func write(to columns: inout ColumnWriter) {
        columns.integer(sequence)
        columns.key(claim.keyHash)
        columns.key(claim.fingerprint)
        columns.text(isRejected ? "rejected" : "accepted")
        columns.instant(claimedAt)
    }

    package init(from columns: inout ColumnReader) throws {
        sequence = columns.integer()
        claim = IdempotencyClaim(keyHash: try columns.key(), fingerprint: try columns.key())
        isRejected = columns.text() == "rejected"
        claimedAt = columns.instant()
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
