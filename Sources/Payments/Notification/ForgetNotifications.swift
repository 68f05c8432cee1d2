import EventLog
import Storage

/// Takes away notifications that are older than thirty days, with their bytes, page by page. What they brought stays in the
/// log, and so do the hashes of their bytes.
///
/// If the process dies in between, the rest is still there and is found again.
package struct ForgetNotifications: Sendable {
    /// A repeat that comes later than that is believed as if it were new; its facts say nothing new.
    package static let memory = Instant.Span.days(30)

    let database: Database
    let texts: PrivateTextStore

    package init(database: Database, texts: PrivateTextStore) {
        self.database = database
        self.texts = texts
    }

    /// Forgets at most one page of a book. Answers whether there may be more.
    package func step(_ book: BookID, now: Instant, limit: Int = 500) async throws -> Bool {
        let end = now.advanced(by: Instant.Span(microseconds: -Self.memory.microseconds))
        let old = try database.read(book) { try NotificationStore.received(before: end, limit: limit, in: $0) }
        guard !old.isEmpty else { return false }
        try await database.write(book, expecting: old.map { .row(KeptNotification.self, $0.id) }) { work in
            for notification in old where try work.find(KeptNotification.self, notification.id) != nil {
                try texts.forget(AllowedText(notification.id), in: &work)
                work.delete(KeptNotification.self, notification.id)
            }
        }
        return old.count == limit
    }
}
