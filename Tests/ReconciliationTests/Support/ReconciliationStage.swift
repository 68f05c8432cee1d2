import EventLog
import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

@testable import Reconciliation

/// Payments and files on a real database: a test book with the merchant `acme`, the provider account `sandbox`, our bank
/// `main`, and two people, Anna and Ben.
struct ReconciliationStage {
    let store: TestDatabase
    let context = EventContext(actor: "principal:anna/key_0000000000001")
    private let texts: PrivateTextStore
    private let random = CountingBytes()

    static let migrationsBefore = [LedgerSchema.migration, PaymentsSchema.migration] + BackOffice.migrations
    static let migrations = migrationsBefore + ReconciliationParts.migrations
    static let replayers: [any EventReplayer] =
        [LedgerReplay(), PaymentsReplay()] + BackOffice.replayers + ReconciliationParts.replayers

    static let sandbox = ReconciliationExample.segment("sandbox")
    static let bank = ReconciliationExample.segment("main")
    static let acme = ReconciliationExample.segment("acme")

    static let terms = SettlementTerms(providerAccount: sandbox, bank: bank, fees: .sandbox)

    /// - Parameters:
    ///   - recognition: When the provider's fee is expensed.
    ///   - migrations: Those before reconciliation, for a database of an earlier time; it has no terms then.
    init(
        _ recognition: FeeRecognition = .settlement, migrations: [Migration] = ReconciliationStage.migrations
    ) async throws {
        store = try TestDatabase(migrations, runsOwnThread: true)
        let key = try #require(InstallationKey(bytes: [UInt8](repeating: 1, count: InstallationKey.byteCount)))
        texts = PrivateTextStore(key)
        try await OpenBook(database: store.database).run(
            .init(book: .first, settings: BookSettings(mode: .test), context: context))
        _ = try await CreateMerchant(database: store.database, texts: texts, random: random).run(
            .init(
                book: .first, code: Self.acme,
                terms: MerchantTerms(feePlan: try FeePlan(basisPoints: 0, rounding: .halfEven)), context: context))
        try await openProviderAccount(ProviderConnectionStore(key), recognition)
        guard migrations.count == Self.migrations.count else { return }
        try await SetSettlementTerms(database: store.database).run(
            .init(book: .first, terms: Self.terms, context: context))
    }

    private func openProviderAccount(
        _ connections: ProviderConnectionStore, _ recognition: FeeRecognition
    ) async throws {
        var capabilities = ProviderCapabilities()
        capabilities.feeRecognition = recognition
        let currencies = try ["EUR", "USD", "GBP", "JPY", "KWD"].map { try Currency($0).code }
        _ = try await CreateProviderAccount(database: store.database, connections: connections, random: random).run(
            .init(
                book: .first, code: Self.sandbox, provider: Self.sandbox,
                terms: try ProviderAccountTerms(
                    capabilities: capabilities, currencies: currencies, bank: Self.bank),
                baseURL: "https://provider.example", credential: ProviderCredential("sk_provider"),
                notificationSecret: NotificationSecret(bytes: [1]), context: context))
    }

    // MARK: Payments

    /// A payment the provider captured with the charge, under this name.
    /// - Parameter stated: What it says it captured, where that is something else.
    @discardableResult
    func captured(
        _ amount: Amount, _ name: String, fee: Amount? = nil, as stated: Amount? = nil
    ) async throws -> PaymentID {
        let id = try await authorized(amount, name, .automatic)
        try await hear(.captured(stated ?? amount, fee: fee), of: id, movement: name)
        return id
    }

    /// A payment the provider has authorized.
    @discardableResult
    func authorized(_ amount: Amount, _ name: String, _ captureMode: CaptureMode) async throws -> PaymentID {
        let command = try CreateCharge.Command(
            book: .first,
            request: IdempotentRequest(method: "POST", route: "/v1/charges", path: "/v1/charges", key: name),
            amount: amount, method: try #require(PaymentMethodToken("pm_approve")), captureMode: captureMode,
            context: context)
        let charge = CreateCharge(database: store.database, texts: texts, random: random)
        guard case .payment(let row) = try await charge.run(command).body else { throw Refused() }
        let id = row.payment.id
        try await hear(.authorized(amount), of: id)
        return id
    }

    /// The provider says something of a payment.
    func hear(_ statement: ProviderFact.Statement, of payment: PaymentID, movement: String? = nil) async throws {
        let isOfCharge =
            switch statement {
            case .authorized, .captured: true
            default: false
            }
        let fact = ProviderFact(
            statement, paymentReference: ProviderReference("auth_\(payment)"),
            movementReference: movement.flatMap { ProviderReference($0) },
            operationReference: isOfCharge ? ProviderCommandID(rawValue: payment.rawValue).description : nil,
            occurredAt: store.clock.now, origin: .notification)
        guard case .applied = try await record(fact) else { throw Refused() }
    }

    @discardableResult
    func record(_ fact: ProviderFact) async throws -> RecordedOutcome? {
        try await RecordProviderOutcome(database: store.database, texts: texts, random: random).run(
            .init(
                book: .first, providerAccount: Self.sandbox, facts: [fact],
                context: EventContext(actor: "provider:sandbox"))
        ).first
    }

    func payment(_ id: PaymentID) throws -> Payment {
        try #require(try store.read { try PaymentStore.find(id, in: $0)?.payment })
    }

    // MARK: Files

    @discardableResult
    func take(_ bytes: [UInt8]) async throws -> ImportedStatement {
        try await ImportStatement(database: store.database).run(
            .init(book: .first, providerAccount: Self.sandbox, bytes: bytes, context: context))
    }

    @discardableResult
    func take(_ items: [SettlementText.Item], name: String = "stl_1") async throws -> ImportedStatement {
        var text = SettlementText(items)
        text.name = name
        return try await take(text.bytes)
    }

    // MARK: People

    func principal(_ name: String, key: Int64 = 1) throws -> Principal {
        Principal(
            name: try #require(PrincipalName(name)), role: .approver, book: .first, key: APIKeyID(rawValue: key))
    }

    func propose(
        _ kind: AdjustmentKind, _ amount: Amount? = nil, for broken: BreakID, target: String? = nil
    ) async throws -> Adjustment {
        let anna = try principal("anna")
        return try await ProposeAdjustment(database: store.database).run(
            .init(
                book: .first, break: broken, kind: kind, amount: amount, target: try target.map { try path($0) },
                proposer: anna, context: EventContext(actor: anna.actor)))
    }

    @discardableResult
    func approve(_ adjustment: AdjustmentID, by name: String = "ben", key: Int64 = 2) async throws -> Adjustment {
        let approver = try principal(name, key: key)
        return try await ApproveAdjustment(database: store.database).run(
            .init(
                book: .first, adjustment: adjustment, approver: approver, context: EventContext(actor: approver.actor)))
    }

    /// Thrown where a test that did not expect it was refused.
    struct Refused: Error {}
}
