import EventLog
import Storage

/// Looks once more whether facts that named no payment name one by now. Nearly all are matched when the payment learns its
/// provider's name; this finds those whose names came to us in another way.
///
/// If the process dies in between, the rest are found again: what waits is read from the facts themselves.
package struct MatchOrphans: Sendable {
    private static let context = EventContext(actor: "system:orphans")

    let database: Database
    let outcomes: RecordProviderOutcome

    package init(database: Database, outcomes: RecordProviderOutcome) {
        self.database = database
        self.outcomes = outcomes
    }

    /// Looks at one page of those that wait. Answers the last of them; nil when there are no more.
    package func step(
        _ book: BookID, after previous: OrphanFactID? = nil, limit: Int = 200
    ) async throws -> OrphanFactID? {
        let waiting = try database.read(book) {
            try OrphanFactStore.waiting(after: previous, limit: limit, in: $0)
        }
        guard let last = waiting.last else { return nil }
        let keys = waiting.flatMap { HeardFact($0.fact, address: nil).expectedKeys(at: $0.providerAccount) }
        try await database.write(book, expecting: keys + waiting.map { .row(OrphanFact.self, $0.id) }) { work in
            for orphan in waiting { try match(orphan.id, in: &work) }
        }
        return waiting.count == limit ? last.id : nil
    }

    private func match(_ id: OrphanFactID, in work: inout UnitOfWork) throws {
        guard let orphan = try work.find(OrphanFact.self, id), orphan.payment == nil else { return }
        let search = FactSubjectSearch(fact: orphan.fact, account: orphan.providerAccount)
        guard let payment = try search.payment(in: work)?.payment.id else { return }
        try outcomes.adopt(orphan, by: payment, context: Self.context, in: &work)
    }
}
