import EventLog
import JSON
import Ledger
import Payments
import Storage

/// Merchants: whose sales payments are, and what was agreed with them.
struct MerchantRoutes {
    let services: Services

    var routes: [Route] {
        [
            .post("/v1/merchants", .registerMerchants, create),
            .get("/v1/merchants", .read, list).readingQuery,
            .get("/v1/merchants/{code}", .read, merchant),
        ]
    }

    static let nameLengthMax = 200

    @Sendable private func create(_ call: Call, _ principal: Principal) async throws -> Answer {
        var fields = try call.fields()
        let code = try fields.parsed("code", "1 to 64 of a-z 0-9 _ . -") { PathSegment($0) }
        let name = try fields.optionalString("display_name", maxLength: Self.nameLengthMax)
        let terms = try MerchantTermsFields(currencies: services.currencies).terms(&fields)
        try fields.finish()
        let create = CreateMerchant(database: services.database, texts: services.texts, random: services.random)
        let merchant = try await create.run(
            .init(
                book: principal.book, code: code, terms: terms, displayName: name, context: call.context(principal)))
        services.sole.forget(principal.book)
        return .json(.created, JSONWriter.object { $0.members(of: merchant, name: name) })
            .with(.location, "/v1/merchants/\(merchant.code)")
    }

    @Sendable private func list(_ call: Call, _ principal: Principal) async throws -> Answer {
        var query = try call.queryFields()
        let page = try query.page(by: MerchantID.self)
        try query.finish()
        try await services.waitForMinimum(of: call, in: principal.book)
        return try services.database.read(principal.book) { rows in
            let merchants = try MerchantStore.page(after: page.after, limit: page.readCount, in: rows)
                .map { (merchant: $0, name: try name(of: $0, in: rows)) }
            return .json(
                .ok,
                page.body(merchants, asOf: rows.asOf, position: \.merchant.id.description) {
                    $1.members(of: $0.merchant, name: $0.name)
                })
        }
    }

    @Sendable private func merchant(_ call: Call, _ principal: Principal) async throws -> Answer {
        let code = PathSegment(call.parameters["code"])
        try await services.waitForMinimum(of: call, in: principal.book)
        return try services.database.read(principal.book) { rows in
            guard let merchant = try code.flatMap({ try MerchantStore.find($0, in: rows) }) else {
                throw Problem(.merchantNotFound)
            }
            let name = try name(of: merchant, in: rows)
            return .json(.ok, JSONWriter.object { $0.members(of: merchant, name: name) })
        }
    }

    /// How a merchant is called; nil when nobody said, or when it was erased.
    private func name(of merchant: Merchant, in rows: Rows) throws -> String? {
        let reading = try services.texts.read(.displayName, of: AllowedText(merchant.id), in: rows)
        guard case .text(let bytes, _) = reading else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension JSONWriter {
    fileprivate mutating func members(of merchant: Merchant, name: String?) {
        field("id", merchant.id.description)
        field("code", merchant.code.text)
        field("display_name", orNull: name)
        members(of: merchant.terms)
        field("created_at", merchant.createdAt.description)
    }

    private mutating func members(of terms: MerchantTerms) {
        beginObject("fee_plan")
        field("basis_points", terms.feePlan.basisPoints)
        beginArray("fixed")
        for amount in terms.feePlan.fixed {
            beginObject()
            field("amount", amount.minorUnits)
            field("currency", amount.currency.description)
            endObject()
        }
        endArray()
        field("rounding", terms.feePlan.rounding.rawValue)
        endObject()
        field("fee_on_refund", terms.feeOnRefund.rawValue)
        field("chargeback_liability", terms.chargebackLiability.rawValue)
        field("passes_dispute_fee", terms.passesDisputeFee)
        field("late_success", terms.lateSuccess.rawValue)
    }
}
