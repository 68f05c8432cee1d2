import HTTPTypes
import JSON
import Payments
import Storage

/// The beginning of a payment.
struct ChargeRoutes {
    let services: Services

    var routes: [Route] {
        [.post("/v1/charges", .movePayments, create).quick]
    }

    /// 202 once the charge is durable; 200 where the caller waited and its outcome is known.
    @Sendable private func create(_ call: Call, _ principal: Principal) async throws -> Answer {
        let request = try call.idempotentRequest()
        let charge = try ChargeFields(of: call, in: services.currencies)
        let mode = try services.modes.mode(of: principal.book)
        let create = CreateCharge(
            database: services.database, texts: services.texts, random: services.random, sole: services.sole)
        let kept = try await create.run(
            .init(
                book: principal.book, request: request, amount: charge.amount, method: charge.method,
                merchant: charge.merchant, providerAccount: charge.providerAccount, captureMode: charge.captureMode,
                platformFee: charge.platformFee, reference: charge.reference, description: charge.description,
                metadata: charge.metadata, context: call.context(principal)))
        if case .payment(let row) = kept.body, let seconds = call.waitSeconds,
            let decided = try await decided(row.payment.id, within: seconds, principal, mode)
        {
            return decided.replayed(kept.isReplayed)
        }
        return try services.answer(kept, to: call, in: principal.book) { body in
            guard case .payment(let row) = body else { throw Problem(.internalFault) }
            return .accepted("/v1/payments/\(row.payment.id)", JSONWriter.object { $0.members(of: row, mode: mode) })
        }
    }

    /// The payment as it is once its authorization has an outcome; nil when that takes longer than the caller waits.
    private func decided(
        _ id: PaymentID, within seconds: Int64, _ principal: Principal, _ mode: BookMode
    ) async throws -> Answer? {
        let queries = PaymentQueries(database: services.database, texts: services.texts)
        var payment = try queries.payment(id, in: principal.book)
        let isDecided = try await services.poll(for: .seconds(seconds)) {
            payment = try queries.payment(id, in: principal.book)
            return payment?.payment.status.isDecided == true
        }
        guard isDecided, let payment else { return nil }
        return .json(.ok, JSONWriter.object { $0.members(of: payment, mode: mode) })
            .with(.location, "/v1/payments/\(id)").with(.preferenceApplied, "wait=\(seconds)")
    }
}

extension Answer {
    /// Done as far as we are concerned; what becomes of it is found at `location`.
    static func accepted(_ location: String, _ body: [UInt8]) -> Answer {
        .json(.accepted, body).with(.location, location).with(.retryAfter, "1")
    }
}

extension JSONWriter {
    mutating func members(of answer: PaymentAnswer, mode: BookMode) {
        members(of: answer.row, nextActionURL: answer.nextActionURL, mode: mode)
        field("as_of", answer.asOf)
    }
}
