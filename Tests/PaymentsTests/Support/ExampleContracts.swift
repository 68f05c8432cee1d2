import EventLog
import Foundation
import Ledger
import Money
import Payments
import Storage
import SummaTestKit

/// A book in which contracts with providers are made.
struct ExampleContracts {
    static let migrations = [MerchantSchema.migration, ProviderAccountSchema.migration]
    static let baseURL = "https://provider.example"
    static let credential = "sk_provider_1"

    let store: TestDatabase
    private let connections: ProviderConnectionStore
    private let random = CountingBytes()
    private let context = EventContext(actor: "principal:anna")

    init() throws {
        store = try TestDatabase(Self.migrations, runsOwnThread: true)
        connections = ProviderConnectionStore(try installationKey())
    }

    static func terms(_ currencies: [Currency] = [.eur], step: Int64? = nil) throws -> ProviderAccountTerms {
        var capabilities = ProviderCapabilities()
        capabilities.feeRecognition = .capture
        if let step { capabilities.minorUnitSteps = [Currency.eur.code: step] }
        return try ProviderAccountTerms(
            capabilities: capabilities, currencies: currencies.map(\.code), bank: Example.bank)
    }

    func openBook(_ mode: BookMode) async throws {
        try await OpenBook(database: store.database).run(
            .init(book: .first, settings: BookSettings(mode: mode), context: context))
    }

    func create(
        provider: PathSegment = Example.sandbox, currencies: [Currency] = [.eur], secret: [UInt8] = [1]
    ) async throws -> ProviderContract {
        try await CreateProviderAccount(database: store.database, connections: connections, random: random).run(
            .init(
                book: .first, code: Example.sandbox, provider: provider, terms: Self.terms(currencies),
                baseURL: Self.baseURL, credential: ProviderCredential(Self.credential),
                notificationSecret: NotificationSecret(bytes: secret), context: context))
    }

    func change(isOpen: Bool? = nil, terms: ProviderAccountTerms? = nil) async throws -> ProviderAccount {
        try await ChangeProviderAccount(database: store.database).run(
            .init(book: .first, code: Example.sandbox, terms: terms, isOpen: isOpen, context: context))
    }

    /// Answers when it was done.
    func rotate(to secret: [UInt8], overlap: Instant.Span) async throws -> Instant {
        _ = try await connection.run(
            .init(
                book: .first, code: Example.sandbox, notificationSecret: NotificationSecret(bytes: secret),
                overlap: overlap, context: context))
        return try store.read { try EventStore($0).events(after: 0, limit: 100).last?.time ?? store.clock.now }
    }

    func connect(to baseURL: String, credential: String) async throws -> ProviderContract {
        try await connection.run(
            .init(
                book: .first, code: Example.sandbox, baseURL: baseURL, credential: ProviderCredential(credential),
                context: context))
    }

    private var connection: ChangeProviderConnection {
        ChangeProviderConnection(database: store.database, connections: connections, random: random)
    }

    func found(at endpoint: String) throws -> ProviderContract? {
        guard let endpoint = NotificationEndpoint(text: endpoint) else { return nil }
        return try store.read(endpoint.book) { try connections.contract(at: endpoint, in: $0) }
    }

    func events<Content: EventContent>(of type: Content.Type) throws -> [Content] {
        try store.read { try EventStore($0).events(after: 0, limit: 100) }
            .filter { $0.type == type.type }.map { try $0.content() }
    }

    /// Everything that is written, as far as it is text.
    func fileText() throws -> String {
        let path = store.path
        let files = try [path, path + "-wal"].map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
        return files.map { String(decoding: $0, as: UTF8.self) }.joined()
    }
}
