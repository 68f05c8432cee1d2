import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

/// What callers ask for.
extension PaymentStage {
    static func request(_ route: String, _ path: String, key: String) -> IdempotentRequest {
        IdempotentRequest(method: "POST", route: route, path: path, key: key)
    }

    func chargeCommand(
        _ amount: Amount = .eur(1_000), capture: CaptureMode = .manual, key: String, platformFee: Amount? = nil,
        reference: ExternalID? = nil, description: String? = nil
    ) throws -> CreateCharge.Command {
        try CreateCharge.Command(
            book: .first, request: Self.request("/v1/charges", "/v1/charges", key: key), amount: amount,
            method: Example.method, captureMode: capture, platformFee: platformFee, reference: reference,
            description: description, context: context)
    }

    func refundCommand(_ payment: PaymentID, _ amount: Int64?, key: String) -> RefundPayment.Command {
        RefundPayment.Command(
            book: .first,
            request: Self.request("/v1/payments/{id}/refunds", "/v1/payments/\(payment)/refunds", key: key),
            payment: payment, amount: amount.map { StatedAmount(minorUnits: $0) }, context: context)
    }

    // MARK: Asked for once, and not refused

    func charge(
        _ amount: Amount = .eur(1_000), capture: CaptureMode = .manual, key: String = "charge",
        platformFee: Amount? = nil
    ) async throws -> PaymentID {
        let command = try chargeCommand(amount, capture: capture, key: key, platformFee: platformFee)
        let answer = try await createCharge.run(command)
        guard case .payment(let row) = answer.body else { throw Refused(body: answer.body) }
        return row.payment.id
    }

    func capture(
        _ payment: PaymentID, _ amount: Int64? = nil, isFinal: Bool = false, key: String = "capture"
    ) async throws -> PaymentOperation {
        let request = Self.request("/v1/payments/{id}/capture", "/v1/payments/\(payment)/capture", key: key)
        return try await operation(
            capturePayment.run(
                .init(
                    book: .first, request: request, payment: payment,
                    amount: amount.map { StatedAmount(minorUnits: $0) }, isFinal: isFinal, context: context)))
    }

    func void(_ payment: PaymentID, key: String = "void") async throws -> PaymentOperation {
        let request = Self.request("/v1/payments/{id}/void", "/v1/payments/\(payment)/void", key: key)
        return try await operation(
            voidPayment.run(.init(book: .first, request: request, payment: payment, context: context)))
    }

    func refund(
        _ payment: PaymentID, _ amount: Int64? = nil, key: String = "refund"
    ) async throws -> PaymentOperation {
        try await operation(refundPayment.run(refundCommand(payment, amount, key: key)))
    }

    private func operation(_ answer: IdempotentAnswer) throws -> PaymentOperation {
        switch answer.body {
        case .operation(let operation): return operation
        case .rejected(let rejection): throw rejection
        case .payment: throw Refused(body: answer.body)
        }
    }

    /// Thrown where a test that did not expect it was refused.
    struct Refused: Error {
        let body: IdempotentAnswer.Body
    }
}
