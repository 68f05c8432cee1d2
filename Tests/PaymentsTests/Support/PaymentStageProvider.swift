import EventLog
import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

/// What the provider is asked, and what it says.
extension PaymentStage {
    /// Takes all commands that are due, as the worker would before it sends them.
    @discardableResult
    func send(lease: Instant.Span = .seconds(30), limit: Int = 10_000) async throws -> [ClaimedCommand] {
        let now = store.clock.now.advanced(by: .seconds(1))
        let due = try store.read { try ProviderCommandStore.due(at: now, limit: limit, in: $0) }
        return try await claimCommands.run(
            .init(
                book: .first, providerAccount: Example.sandbox, commands: due.map(\.id), lease: lease,
                context: EventContext(actor: "system:worker")))
    }

    /// The provider says something of a payment.
    /// - Parameters:
    ///   - operation: What it echoes our reference of; nil when it began it by itself.
    ///   - movement: Its own name for the capture, refund or dispute.
    @discardableResult
    func hear(
        _ statement: ProviderFact.Statement, of payment: PaymentID, _ operation: PaymentOperationID? = nil,
        movement: String? = nil, origin: ProviderFact.Origin = .notification
    ) async throws -> RecordedOutcome {
        try await hear(
            fact(
                statement, reference: "auth_\(payment)", operation.map { ProviderCommandID(rawValue: $0.rawValue) },
                movement: movement, origin: origin))
    }

    @discardableResult
    func hear(_ fact: ProviderFact) async throws -> RecordedOutcome {
        let outcomes = try await recordOutcome.run(
            .init(
                book: .first, providerAccount: Example.sandbox, facts: [fact],
                context: EventContext(actor: "provider:sandbox")))
        return try #require(outcomes.first)
    }

    func fact(
        _ statement: ProviderFact.Statement, reference: String, _ command: ProviderCommandID? = nil,
        movement: String? = nil, origin: ProviderFact.Origin = .notification
    ) -> ProviderFact {
        ProviderFact(
            statement, paymentReference: Example.reference(reference),
            movementReference: movement.map(Example.reference),
            operationReference: command?.description, occurredAt: store.clock.now, origin: origin)
    }

    // MARK: A payment's life

    /// Charged, sent and authorized for as much.
    func authorized(
        _ amount: Amount = .eur(1_000), key: String = "charge", platformFee: Amount? = nil
    ) async throws -> PaymentID {
        let payment = try await charge(amount, key: key, platformFee: platformFee)
        try await send()
        try await hear(.authorized(amount), of: payment, PaymentOperationID(rawValue: payment.rawValue))
        return payment
    }

    /// Authorized and captured, whole.
    func captured(
        _ amount: Amount = .eur(1_000), key: String = "charge", platformFee: Amount? = nil
    ) async throws -> PaymentID {
        let payment = try await authorized(amount, key: key, platformFee: platformFee)
        let capture = try await capture(payment, key: "\(key)-capture")
        try await send()
        try await hear(.captured(amount, fee: nil), of: payment, capture.id, movement: "cap_\(payment)")
        return payment
    }
}
