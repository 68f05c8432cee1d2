import Ledger
import Storage

/// Finds movements by the names lines have.
package enum MovementStore {
    /// Those of the line's provider name and kind; where we know none of that name, those we know by our own name only.
    package static func movements(
        for line: SettlementLine, of account: PathSegment, in work: borrowing UnitOfWork
    ) throws -> [ExpectedMovement] {
        let name = PairKey(account.text, line.providerReference.text)
        let named = try work.group(ExpectedMovement.byProviderReference, name).filter { $0.kind == line.kind }
        guard named.isEmpty, let own = line.reference else { return named }
        return try work.group(ExpectedMovement.byOwnReference, PairKey(account.text, own.text)).filter {
            $0.kind == line.kind
        }
    }

    /// Those whose name differs in the case of letters only.
    package static func lookalikes(
        of line: SettlementLine, of account: PathSegment, in work: borrowing UnitOfWork
    ) throws -> [ExpectedMovement] {
        let name = PairKey(account.text, line.providerReference.folded)
        return try work.group(ExpectedMovement.byFoldedReference, name).filter {
            $0.kind == line.kind && $0.providerReference != line.providerReference
        }
    }

    /// Movements that were due by a moment and of which no line and no break speaks, oldest first.
    package static func missed(
        of account: PathSegment, upTo moment: Instant, limit: Int, in rows: Rows
    ) throws -> [ExpectedMovement] {
        try rows.select(
            ExpectedMovement.self,
            """
            provider_account = ?2 AND state = 'open' AND is_missed = 0 AND occurred_at <= ?3
            ORDER BY occurred_at, kind, subject LIMIT ?4
            """, [.text(account.text), .integer(moment.microseconds), .integer(Int64(limit))])
    }
}
