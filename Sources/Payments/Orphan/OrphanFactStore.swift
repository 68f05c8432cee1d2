import EventLog
import Ledger
import Storage

/// Facts that found no payment.
package enum OrphanFactStore {
    static func insert(_ orphan: OrphanFact, in work: inout UnitOfWork) {
        work.insert(orphan)
    }

    /// Those that wait for the payment a provider calls by this name, the first heard first.
    static func waiting(
        for reference: ProviderReference, at account: PathSegment, in work: borrowing UnitOfWork
    ) throws -> [OrphanFact] {
        try work.group(OrphanFact.byReference, PaymentReference.key(of: reference, at: account))
            .filter { $0.payment == nil }.sorted { $0.id < $1.id }
    }

    /// Those that wait for any payment, the first heard first, after `previous`.
    package static func waiting(after previous: OrphanFactID?, limit: Int, in rows: Rows) throws -> [OrphanFact] {
        try rows.select(
            OrphanFact.self, "payment IS NULL AND id > ?2 ORDER BY id LIMIT ?3",
            [.integer(previous?.rawValue ?? 0), .integer(Int64(limit))])
    }

    static func adopt(_ orphan: OrphanFact, by payment: PaymentID, in work: inout UnitOfWork) {
        var adopted = orphan
        adopted.payment = payment
        work.update(adopted)
    }
}
