import EventLog
import Ledger
import Storage

/// Registers a contract with a provider, and makes the address its notifications come to. The same code, terms and connection
/// again give the same account.
package struct CreateProviderAccount: Sendable {
    package struct Command: Sendable {
        package let book: BookID
        package let code: PathSegment
        /// Which provider it is with, such as `sandbox`.
        package let provider: PathSegment
        package let terms: ProviderAccountTerms
        /// Scheme, host and port, without a slash at the end.
        package let baseURL: String
        package let credential: ProviderCredential
        /// What the provider signs its notifications with.
        package let notificationSecret: NotificationSecret
        package let context: EventContext

        package init(
            book: BookID, code: PathSegment, provider: PathSegment, terms: ProviderAccountTerms, baseURL: String,
            credential: ProviderCredential, notificationSecret: NotificationSecret, context: EventContext
        ) {
            self.book = book
            self.code = code
            self.provider = provider
            self.terms = terms
            self.baseURL = baseURL
            self.credential = credential
            self.notificationSecret = notificationSecret
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

    /// - Throws: `ProviderAccountRejection` or `BookRejection.notOpened`.
    package func run(_ command: Command) async throws -> ProviderContract {
        let endpoint = NotificationEndpoint(
            book: command.book, random: random.bytes(NotificationEndpoint.randomByteCount))
        let nonce = random.bytes(SealingKey.nonceByteCount)
        let keys = [ProviderAccountStore.expectedKey(command.code)]
        return try await database.write(command.book, expecting: keys) { work in
            if let known = try work.find(ProviderAccount.byCode, command.code.text) {
                return try same(known, command, in: work)
            }
            if command.provider.text == ProviderAccount.sandbox, try BookSettings.find(in: work).mode == .live {
                throw ProviderAccountRejection.sandboxInLiveBook(command.code)
            }
            return try create(command, endpoint, nonce, in: &work)
        }
    }

    private func create(
        _ command: Command, _ endpoint: NotificationEndpoint, _ nonce: [UInt8], in work: inout UnitOfWork
    ) throws -> ProviderContract {
        let account = ProviderAccount(
            id: work.newIdentifier(), code: command.code, provider: command.provider, terms: command.terms,
            createdAt: work.now)
        let connection = ProviderConnection(
            endpoint: endpoint, baseURL: command.baseURL, credential: command.credential,
            secret: command.notificationSecret)
        work.insert(account)
        try connections.insert(connection, of: account.id, nonce: nonce, in: &work)
        work.append(ProviderAccountCreated(account), context: command.context)
        return ProviderContract(account: account, connection: connection)
    }

    private func same(
        _ known: ProviderAccount, _ command: Command, in work: borrowing UnitOfWork
    ) throws -> ProviderContract {
        let connection = try connections.find(known.id, in: work)
        guard known.provider == command.provider, known.terms == command.terms,
            connection.baseURL == command.baseURL, connection.credential == command.credential,
            connection.newestSecret == command.notificationSecret
        else { throw ProviderAccountRejection.codeTaken(command.code) }
        return ProviderContract(account: known, connection: connection)
    }
}
