import Ledger
import Storage

/// A book's only merchant and its only provider account: whom a charge means that names neither.
///
/// They are remembered for a few seconds, so that a charge costs no query for them. Whoever adds a merchant or a provider
/// account in this process ends that at once; where another process adds one, a charge that names nobody may go to the one
/// there was for as long as the memory lasts, as it would have a moment earlier. What is found is looked up again under the
/// lock in any case.
package final class SoleParties: Sendable {
    package static let freshness = Instant.Span.seconds(5)

    /// Nil where there is none, or more than one.
    struct Parties: Sendable {
        let merchant: PathSegment?
        let providerAccount: PathSegment?

        init(in rows: Rows) throws {
            let merchants = try MerchantStore.page(after: nil, limit: 2, in: rows)
            let accounts = try ProviderAccountStore.page(after: nil, limit: 2, in: rows)
            merchant = merchants.count == 1 ? merchants[0].code : nil
            providerAccount = accounts.count == 1 ? accounts[0].code : nil
        }
    }

    private let database: Database
    private let memory: ShortMemory<BookID, Parties>

    package init(database: Database, clock: any TimeSource) {
        self.database = database
        memory = ShortMemory(for: Self.freshness, clock: clock)
    }

    func parties(of book: BookID) throws -> Parties? {
        try memory.value(book) { try database.read(book) { try Parties(in: $0) } }
    }

    /// To be called after the commit that added a merchant or a provider account.
    package func forget(_ book: BookID) {
        memory.forget(book)
    }
}
