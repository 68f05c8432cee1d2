import EventLog
import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

/// Payments on a real database: a test book with the merchant `acme` and the provider account `sandbox`, a clock that stands
/// still, and nobody who answers but the test.
struct PaymentStage {
    let store: TestDatabase
    let texts: PrivateTextStore
    let context = EventContext(actor: "principal:anna")
    let random = CountingBytes()

    static let migrations =
        [LedgerSchema.migration, PaymentsSchema.migration, Migration(4, "cursors", [.table(Cursor.table)])]
        + BackOffice.migrations
    static let replayers: [any EventReplayer] = [LedgerReplay(), PaymentsReplay()] + BackOffice.replayers

    /// - Parameters:
    ///   - terms: What `acme` and we have agreed; without, it pays no fee.
    ///   - debt: How far refunds may take a merchant into our debt.
    ///   - configure: For what our contract with the provider lets us do, beside several captures of one promise.
    init(
        terms: MerchantTerms? = nil, debt: MerchantDebtPolicy = .refuse,
        _ configure: (inout ProviderCapabilities) -> Void = { _ in }
    ) async throws {
        store = try TestDatabase(Self.migrations, runsOwnThread: true)
        texts = PrivateTextStore(try installationKey())
        try await OpenBook(database: store.database).run(
            .init(book: .first, settings: BookSettings(mode: .test, merchantDebt: debt), context: context))
        _ = try await CreateMerchant(database: store.database, texts: texts, random: random).run(
            .init(
                book: .first, code: Example.acme,
                terms: terms ?? MerchantTerms(feePlan: try FeePlan(basisPoints: 0, rounding: .halfEven)),
                context: context))
        var capabilities = ProviderCapabilities()
        capabilities.multipleCapture = true
        configure(&capabilities)
        try await openProviderAccount(capabilities)
    }

    private func openProviderAccount(_ capabilities: ProviderCapabilities) async throws {
        let connections = ProviderConnectionStore(try installationKey())
        let currencies = try ["EUR", "USD", "JPY", "KWD"].map { try Currency($0).code }
        _ = try await CreateProviderAccount(database: store.database, connections: connections, random: random).run(
            .init(
                book: .first, code: Example.sandbox, provider: Example.sandbox,
                terms: try ProviderAccountTerms(capabilities: capabilities, currencies: currencies, bank: Example.bank),
                baseURL: "https://provider.example", credential: ProviderCredential("sk_provider"),
                notificationSecret: NotificationSecret(bytes: [1]), context: context))
    }

    // MARK: Verbs

    var createCharge: CreateCharge { CreateCharge(database: store.database, texts: texts, random: random) }
    var capturePayment: CapturePayment { CapturePayment(database: store.database) }
    var voidPayment: VoidPayment { VoidPayment(database: store.database) }
    var refundPayment: RefundPayment { RefundPayment(database: store.database) }
    var claimCommands: ClaimProviderCommands { ClaimProviderCommands(database: store.database) }
    var recordOutcome: RecordProviderOutcome {
        RecordProviderOutcome(database: store.database, texts: texts, random: random)
    }
}
