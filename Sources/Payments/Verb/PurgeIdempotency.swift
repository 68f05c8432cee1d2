import Storage

/// Takes away the keys whose time is over, chunk by chunk, so that no purge holds the writer up.
///
/// If the process dies in between, the rest is still there and still counts as absent.
package struct PurgeIdempotency: Sendable {
    let database: Database

    package init(database: Database) {
        self.database = database
    }

    /// Purges at most one chunk of a book. Answers whether there may be more.
    package func step(_ book: BookID, now: Instant, chunk: Int = 500) async throws -> Bool {
        let expired = try database.read(book) { try IdempotencyStore.expired(at: now, limit: chunk, in: $0) }
        guard !expired.isEmpty else { return false }
        let keys = expired.map { ExpectedKey.row(IdempotencyRow.self, $0.key) }
        try await database.write(book, expecting: keys) { work in
            // One that was claimed anew meanwhile is another row.
            for row in expired where try work.find(IdempotencyRow.self, row.key) != nil {
                work.delete(IdempotencyRow.self, row.key)
            }
        }
        return expired.count == chunk
    }
}
