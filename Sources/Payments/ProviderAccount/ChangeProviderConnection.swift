import EventLog
import Ledger
import Storage

/// Changes how a provider is reached or believed: another address, another credential, another signing secret. The log tells
/// who changed which of them, and none of their values.
package struct ChangeProviderConnection: Sendable {
    /// How long the secret before is believed, unless it is said otherwise: longer than providers try to deliver at once.
    package static let usualOverlap = Instant.Span.hours(24)

    package struct Command: Sendable {
        package let book: BookID
        package let code: PathSegment
        /// Nil to leave it as it is; so with the rest.
        package let baseURL: String?
        package let credential: ProviderCredential?
        package let notificationSecret: NotificationSecret?
        /// How long the secret before is believed beside the new one.
        package let overlap: Instant.Span
        package let context: EventContext

        package init(
            book: BookID, code: PathSegment, baseURL: String? = nil, credential: ProviderCredential? = nil,
            notificationSecret: NotificationSecret? = nil, overlap: Instant.Span = usualOverlap, context: EventContext
        ) {
            self.book = book
            self.code = code
            self.baseURL = baseURL
            self.credential = credential
            self.notificationSecret = notificationSecret
            self.overlap = overlap
            self.context = context
        }
    }

    let database: Database
    let connections: ProviderConnectionStore
    let random: any RandomSource

    package init(database: Database, connections: ProviderConnectionStore, random: any RandomSource) {
        self.database = database
        self.connections = connections
        self.random = random
    }

    /// What is so already stays, and no event tells of it.
    /// - Throws: `ProviderAccountRejection.unknownProviderAccount`, or `SealingFault`.
    package func run(_ command: Command) async throws -> ProviderContract {
        let nonce = random.bytes(SealingKey.nonceByteCount)
        let keys = [ProviderAccountStore.expectedKey(command.code)]
        return try await database.write(command.book, expecting: keys) { work in
            let account = try ProviderAccountStore.find(command.code, in: work)
            var connection = try connections.find(account.id, in: work)
            let parts = Self.change(&connection, by: command, at: work.now)
            guard !parts.isEmpty else { return ProviderContract(account: account, connection: connection) }
            try connections.update(connection, of: account.id, nonce: nonce, in: &work)
            work.append(
                ProviderConnectionChanged(account: account.id, parts: parts), context: command.context)
            return ProviderContract(account: account, connection: connection)
        }
    }

    /// Answers which parts are other ones now.
    private static func change(
        _ connection: inout ProviderConnection, by command: Command, at now: Instant
    ) -> [ProviderConnectionPart] {
        var parts: [ProviderConnectionPart] = []
        if let baseURL = command.baseURL, baseURL != connection.baseURL {
            connection.baseURL = baseURL
            parts.append(.baseURL)
        }
        if let credential = command.credential, credential != connection.credential {
            connection.credential = credential
            parts.append(.credential)
        }
        if let secret = command.notificationSecret, secret != connection.newestSecret {
            connection.rotate(to: secret, overlapEnd: now.advanced(by: command.overlap))
            parts.append(.notificationSecret)
        }
        return parts
    }
}
