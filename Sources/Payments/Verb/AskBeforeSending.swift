import EventLog
import Storage

/// Turns what waits to be sent to a provider into questions, after a backup was put back: what the backup knows as not sent may
/// have been sent since, and longer ago than the provider keeps idempotency keys. It is sent only where the provider has
/// never heard of it.
///
/// If the process dies in between, the rest is found again; a question stays one.
package struct AskBeforeSending: Sendable {
    private let database: Database
    private static let pageCount = 500

    package init(database: Database) {
        self.database = database
    }

    /// To be run before any worker is. Answers how many commands have become questions.
    @discardableResult
    package func run(_ book: BookID) async throws -> Int {
        var count = 0
        while true {
            let page = try database.read(book) { try ProviderCommandStore.unsent(limit: Self.pageCount, in: $0) }
            guard !page.isEmpty else { return count }
            let keys = page.map { ExpectedKey.row(ProviderCommandRow.self, $0.id) }
            try await database.write(book, expecting: keys) { work in
                for command in page { try ProviderCommandStore.askFirst(command.id, in: &work) }
            }
            count += page.count
        }
    }
}
