import AsyncHTTPClient
import Delivery
import EventLog
import Foundation
import Ledger
import Money
import Payments
import Providers
import Storage
import SummaTestKit
import Testing

/// A book with the whole chain behind it: a real database, the sandbox and its callbacks over real HTTP, and every worker. The
/// clock is the wall's, moved as far as a test likes; the sandbox's is the same.
final class Shop: Sendable {
    let database: Database
    let clock: MovedClock
    let texts: PrivateTextStore
    let outcomes: RecordProviderOutcome
    let connections: ProviderConnectionStore
    let directory: ProviderDirectory
    let refused: RefusedNotifications
    let contract: ProviderContract
    let sandbox: SandboxRecords
    let projection: ProjectionWorker
    let patience: ProviderPatience
    private let random = SystemBytes()
    private let context = EventContext(actor: "principal:anna")

    static let acme: PathSegment = segment("acme")
    static let account: PathSegment = segment("sandbox")
    static let migrations =
        [LedgerSchema.migration, PaymentsSchema.migration, DeliverySchema.migration, AccessSchema.migration]
        + BackOffice.migrations

    static func segment(_ text: String) -> PathSegment {
        guard let segment = PathSegment(text) else { preconditionFailure("\(text) is a segment") }
        return segment
    }

    /// Opens the book `main` with its merchant and its contract with the sandbox at an address.
    init(
        in directory: String, sandbox address: String, secret: [UInt8], client: HTTPClient, clock: MovedClock,
        timeoutSeconds: Int64, _ configure: (inout ProviderPatience) -> Void
    ) async throws {
        let database = try Database(
            .directory(directory), migrations: Self.migrations, log: MerkleLog(), clock: clock, writer: 1,
            stop: { Issue.record("the store stopped: \($0)") })
        self.database = database
        self.clock = clock
        guard let key = InstallationKey(bytes: [UInt8](repeating: 1, count: InstallationKey.byteCount)) else {
            preconditionFailure("a key has so many bytes")
        }
        texts = PrivateTextStore(key)
        connections = ProviderConnectionStore(key)
        let adapters = ProviderAdapters(client: client, timeoutSeconds: timeoutSeconds, now: { clock.now })
        self.directory = ProviderDirectory(
            database: database, connections: connections, make: { adapters.adapter(for: $0) })
        outcomes = RecordProviderOutcome(database: database, texts: texts, random: random)
        refused = RefusedNotifications(database: database)
        projection = ProjectionWorker(PaymentViewProjection(), on: database)
        sandbox = SandboxRecords(address: address)
        var patience = ProviderPatience()
        patience.lookUpFirst = .milliseconds(150)
        patience.sendAgainFirst = .milliseconds(100)
        configure(&patience)
        self.patience = patience
        try await database.createBook(.system, named: BookID.systemName)
        try await database.createBook(.first, named: "main")
        try await OpenBook(database: database).run(
            .init(book: .first, settings: BookSettings(mode: .test), context: context))
        _ = try await CreateMerchant(database: database, texts: texts, random: random).run(
            .init(
                book: .first, code: Self.acme,
                terms: MerchantTerms(feePlan: try FeePlan(basisPoints: 100, rounding: .halfEven)), context: context))
        var capabilities = ProviderCapabilities()
        capabilities.multipleCapture = true
        contract = try await CreateProviderAccount(database: database, connections: connections, random: random).run(
            .init(
                book: .first, code: Self.account, provider: Self.account,
                terms: ProviderAccountTerms(
                    capabilities: capabilities, currencies: [Currency.eur.code], bank: Self.segment("main")),
                baseURL: address, credential: ProviderCredential(SandboxRecords.key),
                notificationSecret: NotificationSecret(bytes: secret), context: context))
    }

    var receive: ReceiveNotification {
        ReceiveNotification(
            database: database, directory: directory, outcomes: outcomes, texts: texts, refused: refused, clock: clock,
            random: random)
    }

    func providerWorker() -> ProviderWorker {
        ProviderWorker(
            database: database, directory: directory, outcomes: outcomes, patience: patience,
            report: { Issue.record("an answer was not written: \($0)") })
    }

    /// Everything that goes on in a process, as its start would put it together.
    func workers() -> Workers {
        let provider = providerWorker()
        let relay = Relay(from: database, to: InProcessPublisher(waking: [provider.bell]))
        return Workers(
            [relay.worker, projection.worker, provider.worker], clock: clock, sleeper: WallSleeper(),
            report: { Issue.record("\($0): \($1)") })
    }

    // MARK: Requests

    func charge(_ token: String, _ amount: Int64 = 1_000, capture: CaptureMode = .automatic) async throws -> PaymentID {
        guard let method = PaymentMethodToken(token) else { preconditionFailure("\(token) is a token") }
        let answer = try await CreateCharge(database: database, texts: texts, random: random).run(
            CreateCharge.Command(
                book: .first, request: request("/v1/charges"), amount: .eur(amount), method: method,
                captureMode: capture, context: context))
        guard case .payment(let row) = answer.body else { throw Refused(body: answer.body) }
        return row.payment.id
    }

    func capture(_ payment: PaymentID, _ amount: Int64? = nil) async throws -> PaymentOperation {
        try await operation(
            CapturePayment(database: database).run(
                .init(
                    book: .first, request: request("/v1/payments/{id}/capture"), payment: payment,
                    amount: amount.map { StatedAmount(minorUnits: $0) }, isFinal: false, context: context)))
    }

    func void(_ payment: PaymentID) async throws -> PaymentOperation {
        try await operation(
            VoidPayment(database: database).run(
                .init(book: .first, request: request("/v1/payments/{id}/void"), payment: payment, context: context)))
    }

    func refund(_ payment: PaymentID, _ amount: Int64? = nil) async throws -> PaymentOperation {
        try await operation(
            RefundPayment(database: database).run(
                .init(
                    book: .first, request: request("/v1/payments/{id}/refunds"), payment: payment,
                    amount: amount.map { StatedAmount(minorUnits: $0) }, context: context)))
    }

    private func request(_ route: String) -> IdempotentRequest {
        IdempotentRequest(method: "POST", route: route, path: route, key: UUID().uuidString)
    }

    private func operation(_ answer: IdempotentAnswer) throws -> PaymentOperation {
        switch answer.body {
        case .operation(let operation): return operation
        case .rejected(let rejection): throw rejection
        case .payment: throw Refused(body: answer.body)
        }
    }

    struct Refused: Error {
        let body: IdempotentAnswer.Body
    }
}

/// The wall clock, moved by as much as a test likes.
final class MovedClock: TimeSource {
    private let moved = Moved()

    var now: Instant { wallClock.time.now.advanced(by: moved.span) }

    func move(by span: Instant.Span) { moved.add(span) }
}
