import JSON
import Ledger
import Payments
import Storage

/// Payments: where they stand, and how they came there.
struct PaymentRoutes {
    let services: Services

    var routes: [Route] {
        [
            .get("/v1/payments", .read, list).readingQuery,
            .get("/v1/payments/{id}", .read, payment).quick,
            .get("/v1/payments/{id}/timeline", .read, timeline),
            .get("/v1/refunds/{id}", .read, refund).quick,
            .get("/v1/operations/{id}", .read, operation).quick,
        ]
    }

    private var queries: PaymentQueries { PaymentQueries(database: services.database, texts: services.texts) }

    /// The newest first, from the view: as far as that has come, or as far as the caller asks it to.
    @Sendable private func list(_ call: Call, _ principal: Principal) async throws -> Answer {
        var query = try call.queryFields()
        let page = try query.page(by: PaymentID.self)
        let filter = try PaymentFilter(&query)
        try query.finish()
        let mode = try services.modes.mode(of: principal.book)
        let view = PaymentViewQueries(database: services.database)
        try await services.waitForMinimum(of: call) { try view.position(of: principal.book) }
        let found = try view.payments(filter, before: page.after, limit: page.readCount, in: principal.book)
        let payments = try found.payments.map { ShownPayment($0, nextActionURL: try url(of: $0, in: principal.book)) }
        return .json(
            .ok, page.body(payments, asOf: found.asOf, position: \.id.description) { $1.members(of: $0, mode: mode) })
    }

    /// Kept beside the log, so not in the view; few payments have one at a time.
    private func url(of payment: PaymentView, in book: BookID) throws -> String? {
        guard payment.nextAction != nil else { return nil }
        return try queries.payment(payment.id, in: book)?.nextActionURL
    }

    @Sendable private func payment(_ call: Call, _ principal: Principal) async throws -> Answer {
        let id = PaymentID(text: call.parameters["id"])
        let mode = try services.modes.mode(of: principal.book)
        try await services.waitForMinimum(of: call, in: principal.book)
        guard let payment = try id.flatMap({ try queries.payment($0, in: principal.book) }) else {
            throw Problem(.paymentNotFound)
        }
        return .json(.ok, JSONWriter.object { $0.members(of: payment, mode: mode) })
    }

    /// What was requested, asked, said and posted, in order.
    @Sendable private func timeline(_ call: Call, _ principal: Principal) async throws -> Answer {
        let id = PaymentID(text: call.parameters["id"])
        try await services.waitForMinimum(of: call, in: principal.book)
        guard let id, let timeline = try queries.timeline(of: id, in: principal.book) else {
            throw Problem(.paymentNotFound)
        }
        return .json(
            .ok,
            JSONWriter.object { json in
                json.field("payment", id.description)
                json.beginArray("items")
                for entry in timeline.entries {
                    json.beginObject()
                    json.members(of: entry)
                    json.endObject()
                }
                json.endArray()
                json.field("truncated", timeline.isTruncated)
                json.field("as_of", timeline.asOf)
            })
    }

    @Sendable private func refund(_ call: Call, _ principal: Principal) async throws -> Answer {
        let id = RefundID(text: call.parameters["id"])
        try await services.waitForMinimum(of: call, in: principal.book)
        guard let refund = try id.flatMap({ try queries.refund($0, in: principal.book) }) else {
            throw Problem(.refundNotFound)
        }
        return .json(.ok, JSONWriter.object { $0.members(of: refund) })
    }

    /// A capture or void; a refund too, by either of its names.
    @Sendable private func operation(_ call: Call, _ principal: Principal) async throws -> Answer {
        let name = call.parameters["id"]
        let id =
            PaymentOperationID(text: name) ?? RefundID(text: name).map { PaymentOperationID(rawValue: $0.rawValue) }
        try await services.waitForMinimum(of: call, in: principal.book)
        guard let operation = try id.flatMap({ try queries.operation($0, in: principal.book) }) else {
            throw Problem(.operationNotFound)
        }
        return .json(.ok, JSONWriter.object { $0.members(of: operation) })
    }
}

extension PaymentFilter {
    /// Reads `status`, `merchant`, `reference`, `created_from` and `created_before`.
    fileprivate init(_ query: inout QueryFields) throws(Problem) {
        self.init(
            status: try query.value(
                "status", "one of \(PaymentStatus.allCases.map(\.rawValue).joined(separator: ", "))",
                PaymentStatus.init(rawValue:)),
            merchant: try query.value("merchant", "a merchant's code") { PathSegment($0) },
            reference: try query.value("reference", "1 to 128 of A-Z a-z 0-9 _ . : / -", ExternalID.init(_:)),
            createdFrom: try query.value("created_from", "a moment in RFC 3339", Instant.init(text:)),
            createdBefore: try query.value("created_before", "a moment in RFC 3339", Instant.init(text:)))
    }
}

extension JSONWriter {
    fileprivate mutating func members(of entry: TimelineEntry) {
        field("at", entry.at.description)
        switch entry.what {
        case .event(let event):
            field("kind", "event")
            field("what", event.type)
            field("sequence", event.id.sequence)
            field("event", raw: event.bytes)
        case .attempt(let operation, let attempt):
            field("kind", "attempt")
            field("what", attempt.task.rawValue)
            field("operation", operation.description)
            field("number", attempt.number)
            field("ended_at", orNull: attempt.endedAt?.description)
            field("result", orNull: attempt.result?.rawValue)
        }
    }
}
