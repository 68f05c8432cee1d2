import JSON
import Ledger
import Money
import Payments
import Reconciliation
import Storage

/// Where files and books disagree, and what people do about it. An adjustment is posted when another person than its proposer has
/// approved it; each step is named by what it is about, so that it takes effect once without a key.
struct BreakRoutes {
    let services: Services

    private static let anySmallJSON = BodyRule.optionalJSON(byteCountMax: BodyRule.small)

    var routes: [Route] {
        [
            .get("/v1/breaks", .read, list).readingQuery,
            .get("/v1/breaks/{id}", .read, single),
            .post("/v1/breaks/{id}/adjustment", .proposeAdjustments, propose),
            .post("/v1/breaks/{id}/accept", .proposeAdjustments, body: Self.anySmallJSON, accept),
            .post("/v1/adjustments/{id}/approve", .approveAdjustments, body: Self.anySmallJSON, approve),
            .post("/v1/adjustments/{id}/reject", .approveAdjustments, body: Self.anySmallJSON, reject),
        ]
    }

    // MARK: Looking

    /// The oldest first.
    @Sendable private func list(_ call: Call, _ principal: Principal) async throws -> Answer {
        var query = try call.queryFields()
        let page = try query.page(by: BreakID.self)
        let wanted = ListBreaks.Query(
            state: try query.value("state", "open or resolved", BreakState.init(rawValue:)),
            kind: try query.value("class", "one of \(BreakClass.names)", BreakClass.init(rawValue:)),
            statement: try query.value("statement", "a statement's id", StatementID.init(text:)),
            after: page.after, limit: page.readCount)
        try query.finish()
        try await services.waitForMinimum(of: call, in: principal.book)
        let now = services.clock.now
        let found = try ListBreaks(database: services.database).run(wanted, of: principal.book, at: now)
        return .json(
            .ok,
            page.body(found.breaks, asOf: found.asOf, position: \.row.id.description) { $1.members(of: $0, at: now) })
    }

    @Sendable private func single(_ call: Call, _ principal: Principal) async throws -> Answer {
        try await services.waitForMinimum(of: call, in: principal.book)
        let reading = try find(call, principal)
        let now = services.clock.now
        return .json(.ok, JSONWriter.object { $0.members(of: reading, at: now) })
    }

    private func find(_ call: Call, _ principal: Principal) throws -> BreakReading {
        let id = BreakID(text: call.parameters["id"])
        let breaks = ListBreaks(database: services.database)
        let reading = try id.flatMap { try breaks.find($0, of: principal.book, at: services.clock.now) }
        guard let reading else { throw Problem(.breakNotFound) }
        return reading
    }
}

/// Adjusting.
extension BreakRoutes {
    /// All that is open unless told how much of it, with its sign.
    @Sendable private func propose(_ call: Call, _ principal: Principal) async throws -> Answer {
        let broken = try find(call, principal).row
        var fields = try call.fields()
        let kind = try fields.parsed("kind", "one of \(AdjustmentKind.names)", AdjustmentKind.init(rawValue:))
        let minorUnits = try fields.optionalInteger("amount")
        let currency = try fields.optionalCurrency(in: services.currencies) ?? broken.facts.currency
        let target = try fields.optionalParsed(
            "target", maxLength: AccountPath.lengthMax, "an account's path"
        ) { AccountPath($0) }
        try fields.finish()
        let adjustment = try await ProposeAdjustment(database: services.database).run(
            .init(
                book: principal.book, break: broken.id, kind: kind,
                amount: minorUnits.map { Amount(minorUnits: $0, currency: currency) }, target: target,
                proposer: principal, context: call.context(principal)))
        return .json(.created, JSONWriter.object { $0.members(of: adjustment) })
    }

    /// Takes a break as it is, where nothing is open in the books because of it.
    @Sendable private func accept(_ call: Call, _ principal: Principal) async throws -> Answer {
        let broken = try find(call, principal).row
        try call.optionalFields().finish()
        _ = try await AcceptBreak(database: services.database).run(
            .init(book: principal.book, break: broken.id, context: call.context(principal)))
        let now = services.clock.now
        let accepted = try find(call, principal)
        return .json(.ok, JSONWriter.object { $0.members(of: accepted, at: now) })
    }

    @Sendable private func approve(_ call: Call, _ principal: Principal) async throws -> Answer {
        let command = try decision(call, principal)
        let adjustment = try await ApproveAdjustment(database: services.database).run(command)
        return .json(.ok, JSONWriter.object { $0.members(of: adjustment) })
    }

    @Sendable private func reject(_ call: Call, _ principal: Principal) async throws -> Answer {
        let command = try decision(call, principal)
        let adjustment = try await RejectAdjustment(database: services.database).run(command)
        return .json(.ok, JSONWriter.object { $0.members(of: adjustment) })
    }

    private func decision(_ call: Call, _ principal: Principal) throws -> ApproveAdjustment.Command {
        try call.optionalFields().finish()
        guard let id = AdjustmentID(text: call.parameters["id"]) else { throw Problem(.adjustmentNotFound) }
        return .init(book: principal.book, adjustment: id, approver: principal, context: call.context(principal))
    }
}

extension BreakClass {
    fileprivate static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

extension AdjustmentKind {
    fileprivate static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
