import EventLog
import Ledger
import Money
import Payments
import Providers
import Reconciliation
import Storage

/// What there is before anything happens: the logs, a book with two merchants, the contract with the provider, and how it
/// settles.
struct OpenShop {
    static let providerAccount = segment("sandbox")
    static let merchants = [segment("acme"), segment("bolt")]
    static let currencies = ["EUR", "USD", "JPY", "KWD"]
    private static let bank = segment("main")
    private static let context = EventContext(actor: "system:init")

    static func segment(_ text: String) -> PathSegment {
        guard let segment = PathSegment(text) else { preconditionFailure("\(text) is part of a path") }
        return segment
    }

    let process: SummaProcess

    private var database: Database { process.database }
    private var book: BookID { SummaProcess.book }
    private var random: any RandomSource { process.world.random }

    /// Answers where the provider is to send its callbacks.
    func run() async throws -> NotificationEndpoint {
        try await database.createBook(.system, named: BookID.systemName)
        try await database.createBook(book, named: "main")
        try await OpenBook(database: database).run(
            .init(book: book, settings: BookSettings(mode: .test), context: Self.context))
        try await allowDebt()
        for merchant in Self.merchants { try await make(merchant) }
        let contract = try await makeProviderAccount()
        let terms = SettlementTerms(
            providerAccount: Self.providerAccount, bank: Self.bank,
            fees: ProviderFeeSchedule(basisPoints: 140, fixed: try ExactDecimal("0.25"), rounding: .halfUp))
        try await SetSettlementTerms(database: database).run(.init(book: book, terms: terms, context: Self.context))
        return contract.connection.endpoint
    }

    /// A merchant may owe us something: a refund that comes after their money has gone.
    private func allowDebt() async throws {
        let limits = try Self.currencies.map {
            Amount(minorUnits: 100_000, currency: try CurrencyRegistry.iso.currency($0))
        }
        guard let policy = MerchantDebtPolicy.allow(limits) else { return }
        _ = try await ChangeBook(database: database).run(
            .init(book: book, merchantDebt: policy, context: Self.context))
    }

    private func make(_ merchant: PathSegment) async throws {
        let terms = MerchantTerms(feePlan: try FeePlan(basisPoints: 250, rounding: .halfUp))
        _ = try await CreateMerchant(database: database, texts: process.texts, random: random).run(
            .init(book: book, code: merchant, terms: terms, context: Self.context))
    }

    private func makeProviderAccount() async throws -> ProviderContract {
        try await CreateProviderAccount(
            database: database, connections: process.connections, random: random
        ).run(
            .init(
                book: book, code: Self.providerAccount, provider: Self.segment(ProviderAccount.sandbox),
                terms: try ProviderAccountTerms(
                    capabilities: SandboxProvider.capabilities, currencies: SandboxProvider.currencies, bank: Self.bank),
                baseURL: "http://provider.example", credential: ProviderCredential("simulated"),
                notificationSecret: process.world.callbackSecret, context: Self.context))
    }
}
