import EventLog
import Storage

/// Ends a key. In this process it is refused from the moment this returns; in others within the authenticator's freshness.
package struct RevokeAPIKey: Sendable {
    let database: Database
    let authenticator: Authenticator

    package struct Command: Sendable {
        package let book: BookID
        package let key: APIKeyID
        package let context: EventContext

        package init(book: BookID, key: APIKeyID, context: EventContext) {
            self.book = book
            self.key = key
            self.context = context
        }
    }

    package init(database: Database, authenticator: Authenticator) {
        self.database = database
        self.authenticator = authenticator
    }

    /// Revoking a revoked key changes nothing.
    /// - Throws: `KeyRejection.unknownKey`.
    package func run(_ command: Command) async throws -> APIKeyRecord {
        let record = try await database.write(command.book.restricted) { work in
            var record = try APIKeyStore.find(command.key, in: work)
            guard record.state != .revoked else { return record }
            record.revokedAt = work.now
            work.update(record)
            work.append(APIKeyRevoked(key: record.id), context: command.context)
            return record
        }
        authenticator.forget(record.hash)
        return record
    }
}
