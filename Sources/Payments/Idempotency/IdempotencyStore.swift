import Storage

/// The keys callers have used.
package enum IdempotencyStore {
    /// Where the answer to this request is, when it was answered before. Asked before any rule of the business.
    /// - Throws: `IdempotencyRejection.keyReused` when the key names another request.
    package static func find(
        _ claim: IdempotencyClaim, in work: borrowing UnitOfWork
    ) throws -> IdempotencyRow? {
        guard let known = try work.find(IdempotencyRow.byKeyHash, claim.keyHash), !known.isExpired(at: work.now)
        else { return nil }
        guard known.claim.fingerprint == claim.fingerprint else {
            throw IdempotencyRejection.keyReused(sequence: known.sequence)
        }
        return known
    }

    /// Keeps that the request is answered by this event.
    package static func keep(
        _ claim: IdempotencyClaim, answeredBy sequence: Int64, isRejected: Bool = false, in work: inout UnitOfWork
    ) throws {
        if let expired = try work.find(IdempotencyRow.byKeyHash, claim.keyHash) {
            work.delete(IdempotencyRow.self, expired.key)
        }
        work.insert(
            IdempotencyRow(
                work.newIdentifier(), claim, sequence: sequence, isRejected: isRejected, claimedAt: work.now))
    }

    package static func expectedKey(_ claim: IdempotencyClaim) -> ExpectedKey {
        .row(IdempotencyRow.byKeyHash, claim.keyHash)
    }

    // MARK: Purging

    /// The oldest keys whose time is over, at most `limit`.
    package static func expired(at now: Instant, limit: Int, in rows: Rows) throws -> ArraySlice<IdempotencyRow> {
        try rows.select(IdempotencyRow.self, "id > 0 ORDER BY id LIMIT ?2", [.integer(Int64(limit))])
            .prefix { $0.isExpired(at: now) }
    }
}
