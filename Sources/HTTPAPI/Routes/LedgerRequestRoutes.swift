import JSON
import Ledger
import Payments

/// Ledger transactions of a caller's own: recorded, held, ended and undone. Each takes effect once under its key.
struct LedgerRequestRoutes {
    let services: Services

    private static let anySmallJSON = BodyRule.optionalJSON(byteCountMax: BodyRule.small)

    var routes: [Route] {
        [
            .post("/v1/ledger_transactions", .keepAccounts, post).quick,
            .post("/v1/ledger_transactions/{id}/post", .keepAccounts, body: Self.anySmallJSON, postHold).quick,
            .post("/v1/ledger_transactions/{id}/release", .keepAccounts, body: Self.anySmallJSON, releaseHold).quick,
            .post("/v1/ledger_transactions/{id}/void", .keepAccounts, body: Self.anySmallJSON, voidHold).quick,
            .post("/v1/ledger_transactions/{id}/reverse", .keepAccounts, body: Self.anySmallJSON, reverse).quick,
        ]
    }

    @Sendable private func post(_ call: Call, _ principal: Principal) async throws -> Answer {
        let request = try call.idempotentRequest()
        var fields = try call.fields()
        let draft = try LedgerTransactionFields(currencies: services.currencies).draft(&fields)
        try fields.finish()
        return try await answer(.post(draft), request, call, principal)
    }

    @Sendable private func postHold(_ call: Call, _ principal: Principal) async throws -> Answer {
        let (request, id, amount) = try part(call)
        return try await answer(.endHold(id, .post(minorUnits: amount)), request, call, principal)
    }

    @Sendable private func releaseHold(_ call: Call, _ principal: Principal) async throws -> Answer {
        let (request, id, amount) = try part(call)
        return try await answer(.endHold(id, .release(minorUnits: amount)), request, call, principal)
    }

    @Sendable private func voidHold(_ call: Call, _ principal: Principal) async throws -> Answer {
        let request = try call.idempotentRequest()
        let id = try id(call)
        try call.optionalFields().finish()
        return try await answer(.endHold(id, .void), request, call, principal)
    }

    @Sendable private func reverse(_ call: Call, _ principal: Principal) async throws -> Answer {
        let (request, id, amount) = try part(call)
        return try await answer(.reverse(id, minorUnits: amount), request, call, principal)
    }

    // MARK: What they share

    /// What takes all that is left, or as much as `amount` says.
    private func part(_ call: Call) throws -> (IdempotentRequest, LedgerTransactionID, Int64?) {
        let request = try call.idempotentRequest()
        let id = try id(call)
        var fields = try call.optionalFields()
        let amount = try fields.optionalMinorUnits()
        try fields.finish()
        return (request, id, amount)
    }

    private func id(_ call: Call) throws(Problem) -> LedgerTransactionID {
        guard let id = LedgerTransactionID(text: call.parameters["id"]) else {
            throw Problem(.ledgerTransactionNotFound)
        }
        return id
    }

    /// What was recorded never changes, so it is the same answer however often it is asked for.
    private func answer(
        _ task: LedgerTask, _ request: IdempotentRequest, _ call: Call, _ principal: Principal
    ) async throws -> Answer {
        let posted = try await RequestLedgerTransaction(database: services.database).run(
            .init(book: principal.book, request: request, task: task, context: call.context(principal)))
        return .json(.created, JSONWriter.object { $0.members(of: posted.transaction) })
            .with(.location, "/v1/ledger_transactions/\(posted.transaction.id)").replayed(posted.isRepeat)
    }
}
