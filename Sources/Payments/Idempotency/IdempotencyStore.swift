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

    /// The oldest keys whose time is over, at most `limit`. Numbers count on from the time, so that nothing is read where nothing is
    /// due. The time itself decides: while a clock's mistake keeps numbers ahead of it, keys stay longer, and count as absent.
    package static func expired(at now: Instant, limit: Int, in rows: Rows) throws -> [IdempotencyRow] {
        let last = now.advanced(by: Instant.Span(microseconds: -IdempotencyRow.lifetime.microseconds))
        return try rows.select(
            IdempotencyRow.self, "id < ?2 AND claimed_at <= ?3 ORDER BY id LIMIT ?4",
            [
                .integer(IdentifierTime.end(of: last)), .integer(last.microseconds), .integer(Int64(limit)),
            ])
    }
}
