import Ledger
import Money
import Payments
import SummaTestKit

/// Steps of a payment's life, as a test walks through them without a database.
extension FactSubject {
    /// Takes a fact and records what it books.
    mutating func hear(
        _ statement: ProviderFact.Statement, origin: ProviderFact.Origin = .notification, movement: String? = nil,
        recognition: FeeRecognition = .settlement
    ) throws -> FactOutcome {
        let fact = Example.fact(statement, movement: movement, origin: origin)
        let outcome = try take(fact, recognition: recognition)
        var names = LedgerNames()
        names.record(outcome, in: &self)
        return outcome
    }

    /// Asks for a capture and sends it.
    mutating func sendCapture(_ amount: Amount?, id: Int64 = 2, isFinal: Bool = false) throws {
        operation = try payment.requestCapture(
            of: amount, isFinal: isFinal, id: PaymentOperationID(rawValue: id), from: Example.multipleCaptures,
            at: Example.noon)
        operation?.state = .submitted
        isOperationKnown = true
    }

    /// Asks for a refund, reserves its funds and sends it.
    mutating func sendRefund(_ amount: Amount?, id: Int64 = 3) throws {
        var refund = try payment.requestRefund(
            of: amount, id: PaymentOperationID(rawValue: id), from: ProviderCapabilities(), at: Example.noon)
        refund.hold = OpenHold(id: Example.refundHold, remaining: refund.amount)
        refund.state = .submitted
        operation = refund
        isOperationKnown = true
    }

    mutating func sendVoid(id: Int64 = 4) throws {
        var void = try payment.requestVoid(id: PaymentOperationID(rawValue: id), at: Example.noon)
        void.state = .submitted
        voiding = void
        operation = void
        isOperationKnown = true
    }

    /// An operation nobody here asked for.
    mutating func meetUnknown(
        _ kind: OperationKind, _ amount: Amount, origin: OperationOrigin = .provider, id: Int64 = 9
    ) {
        operation = PaymentOperation(
            id: PaymentOperationID(rawValue: id), payment: payment.id, kind: kind, origin: origin, amount: amount,
            isFinal: origin == .charge, createdAt: Example.noon)
        isOperationKnown = false
    }

    mutating func meetDispute(_ amount: Amount) {
        dispute = Dispute(
            id: DisputeID(rawValue: 7), payment: payment.id, providerReference: Example.reference("dp_1"),
            openedAt: Example.noon, amount: amount)
        operation = nil
    }

    static func captured(_ amount: Amount = .eur(1_000), terms: PaymentTerms? = nil) throws -> FactSubject {
        var subject = try Example.authorized(amount, terms: terms)
        try subject.sendCapture(nil)
        _ = try subject.hear(.captured(amount, fee: nil))
        return subject
    }

    /// A failure as providers state it.
    static let failure = ProviderFailure(.other, rawCode: "x_1")
}
