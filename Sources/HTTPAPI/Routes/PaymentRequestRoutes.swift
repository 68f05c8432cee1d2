import JSON
import Money
import Payments

/// What is asked of a payment that exists: capture, void, refund. Each answer is the operation as it was asked for; what the
/// provider says of it comes later.
struct PaymentRequestRoutes {
    let services: Services

    private static let anySmallJSON = BodyRule.optionalJSON(byteCountMax: BodyRule.small)

    var routes: [Route] {
        [
            .post("/v1/payments/{id}/capture", .movePayments, body: Self.anySmallJSON, capture).quick,
            .post("/v1/payments/{id}/void", .movePayments, body: Self.anySmallJSON, void).quick,
            .post("/v1/payments/{id}/refunds", .movePayments, body: Self.anySmallJSON, refund).quick,
        ]
    }

    @Sendable private func capture(_ call: Call, _ principal: Principal) async throws -> Answer {
        let request = try call.idempotentRequest()
        let payment = try payment(call)
        var fields = try call.optionalFields()
        let amount = try amount(&fields)
        let isFinal = try fields.optionalBool("final") ?? false
        try fields.finish()
        let kept = try await CapturePayment(database: services.database).run(
            .init(
                book: principal.book, request: request, payment: payment, amount: amount, isFinal: isFinal,
                context: call.context(principal)))
        return try answer(kept, call, principal)
    }

    @Sendable private func void(_ call: Call, _ principal: Principal) async throws -> Answer {
        let request = try call.idempotentRequest()
        let payment = try payment(call)
        try call.optionalFields().finish()
        let kept = try await VoidPayment(database: services.database).run(
            .init(book: principal.book, request: request, payment: payment, context: call.context(principal)))
        return try answer(kept, call, principal)
    }

    @Sendable private func refund(_ call: Call, _ principal: Principal) async throws -> Answer {
        let request = try call.idempotentRequest()
        let payment = try payment(call)
        var fields = try call.optionalFields()
        let amount = try amount(&fields)
        try fields.finish()
        let kept = try await RefundPayment(database: services.database).run(
            .init(
                book: principal.book, request: request, payment: payment, amount: amount,
                context: call.context(principal)))
        return try answer(kept, call, principal)
    }

    // MARK: What they share

    private func payment(_ call: Call) throws(Problem) -> PaymentID {
        guard let id = PaymentID(text: call.parameters["id"]) else { throw Problem(.paymentNotFound) }
        return id
    }

    /// How much, where not all of it: the currency may be left out, for the payment has one.
    private func amount(_ fields: inout JSONFields) throws -> StatedAmount? {
        let currency = try fields.optionalCurrency(in: services.currencies)
        let minorUnits = try fields.optionalMinorUnits()
        if currency != nil, minorUnits == nil { throw Problem(.memberMissing, param: "amount") }
        return minorUnits.map { StatedAmount(minorUnits: $0, currency: currency) }
    }

    private func answer(_ kept: IdempotentAnswer, _ call: Call, _ principal: Principal) throws -> Answer {
        try services.answer(kept, to: call, in: principal.book) { body in
            guard case .operation(let operation) = body else { throw Problem(.internalFault) }
            return .accepted(
                location(of: operation),
                JSONWriter.object { json in
                    json.members(of: operation)
                    json.field("sequence", kept.sequence)
                })
        }
    }

    private func location(of operation: PaymentOperation) -> String {
        operation.kind == .refund ? "/v1/refunds/\(operation.name)" : "/v1/payments/\(operation.payment)"
    }
}
