import Delivery
import EventLog
import HTTPAPI
import Ledger
import Money
import Payments
import Storage
import Testing

/// A shop that takes payments: the merchant `acme` and the provider account `sandbox`, and a provider that says what the test
/// lets it say.
extension RunningServer {
    static let charge = #"{"amount":1000,"currency":"EUR","payment_method":"tok_approve","reference":"order-1"}"#

    /// What the provider signs with.
    static let secret = [UInt8](repeating: 9, count: 32)

    private var context: EventContext { EventContext(actor: "system:test") }
    private var sandbox: PathSegment { PathSegment("sandbox")! }

    func openShop(in book: BookID = RunningServer.book) async throws {
        let acme = try #require(PathSegment("acme"))
        let terms = MerchantTerms(feePlan: try FeePlan(basisPoints: 0, rounding: .halfEven))
        let create = CreateMerchant(database: services.database, texts: services.texts, random: services.random)
        _ = try await create.run(.init(book: book, code: acme, terms: terms, context: context))
        try await openProviderAccount(in: book)
    }

    private func openProviderAccount(in book: BookID) async throws {
        var capabilities = ProviderCapabilities()
        capabilities.multipleCapture = true
        let currencies = try ["EUR", "USD", "JPY", "KWD"].map { try CurrencyRegistry.iso.currency($0).code }
        let create = CreateProviderAccount(
            database: services.database, connections: services.connections, random: services.random)
        _ = try await create.run(
            .init(
                book: book, code: sandbox, provider: sandbox,
                terms: try ProviderAccountTerms(
                    capabilities: capabilities, currencies: currencies, bank: try #require(PathSegment("main"))),
                baseURL: "https://provider.example", credential: ProviderCredential("sk_provider"),
                notificationSecret: NotificationSecret(bytes: Self.secret), context: context))
    }

    // MARK: Asking

    func charge(
        _ body: String = RunningServer.charge, key: String? = "k1", headers: [(String, String)] = []
    ) async throws -> Reply {
        try await ask("/v1/charges", body, key: key, headers: headers)
    }

    /// Sends what moves money, with its key.
    func ask(
        _ path: String, _ body: String? = nil, key: String? = "k1", headers: [(String, String)] = []
    ) async throws -> Reply {
        let keys = key.map { [("idempotency-key", $0)] } ?? []
        return try await send(.POST, path, as: .service, body: body, headers: keys + headers)
    }

    /// A payment that was charged and authorized, for ten euros.
    func authorized(_ charge: String = RunningServer.charge, key: String = "k1") async throws -> PaymentID {
        let reply = try await self.charge(charge, key: key)
        let payment = try #require(PaymentID(text: reply["id"]?.string ?? ""), "\(reply.text)")
        try await hear(.authorized(Amount(minorUnits: 1_000, currency: .eur)), of: payment, payment.rawValue)
        return payment
    }

    /// A payment that was authorized and captured, for ten euros.
    func captured(key: String = "k1") async throws -> PaymentID {
        let payment = try await authorized(key: key)
        let reply = try await ask("/v1/payments/\(payment)/capture", key: "\(key)-capture")
        let capture = try #require(PaymentOperationID(text: reply["id"]?.string ?? ""), "\(reply.text)")
        try await hear(
            .captured(Amount(minorUnits: 1_000, currency: .eur), fee: nil), of: payment, capture.rawValue,
            movement: "cap_\(payment)")
        return payment
    }

    // MARK: The provider's part

    /// The provider says something of one of our commands, which it has been sent.
    func hear(
        _ statement: ProviderFact.Statement, of payment: PaymentID, _ command: Int64, movement: String? = nil
    ) async throws {
        try await sendCommands()
        let fact = ProviderFact(
            statement, paymentReference: ProviderReference("auth_\(payment)"),
            movementReference: movement.flatMap(ProviderReference.init),
            operationReference: ProviderCommandID(rawValue: command).description, occurredAt: clock.now,
            origin: .notification)
        _ = try await services.outcomes.run(
            .init(book: Self.book, providerAccount: sandbox, facts: [fact], context: context))
    }

    func sendCommands() async throws {
        let now = clock.now.advanced(by: .seconds(1))
        let due = try services.database.read(Self.book) { try ProviderCommandStore.due(at: now, limit: 100, in: $0) }
        _ = try await ClaimProviderCommands(database: services.database).run(
            .init(
                book: Self.book, providerAccount: sandbox, commands: due.map(\.id), lease: .seconds(30),
                context: context))
    }

    /// Brings the view of payments up to the log.
    func project() async throws {
        let worker = ProjectionWorker(PaymentViewProjection(), on: services.database)
        while try await worker.step() {}
    }

    // MARK: What is there

    func paymentCount(in book: BookID = RunningServer.book) throws -> Int {
        try services.database.read(book) { try PaymentStore.page(after: nil, limit: 1_000, in: $0) }.count
    }

    func eventCount(in book: BookID = RunningServer.book) throws -> Int64 {
        try services.database.read(book) { $0.asOf }
    }
}
