import JSON
import Ledger
import Payments
import Storage

/// Ledger transactions and holds: what was recorded, and what has become of it.
struct LedgerTransactionRoutes {
    let services: Services

    var routes: [Route] {
        [
            .get("/v1/ledger_transactions", .read, findByExternalID).readingQuery.quick,
            .get("/v1/ledger_transactions/{id}", .read, transaction).quick,
        ]
    }

    /// By the caller's own name for it, of which there is at most one: `?external_id=`.
    @Sendable private func findByExternalID(_ call: Call, _ principal: Principal) async throws -> Answer {
        var query = try call.queryFields()
        let externalID = try query.required("external_id", "1 to 128 of A-Z a-z 0-9 _ . : / -", ExternalID.init)
        try query.finish()
        return try await read(call, principal) { ledger in
            guard let reading = try ledger.transaction(externalID) else {
                throw Problem(.ledgerTransactionNotFound, "\(externalID) names no ledger transaction")
            }
            return try answer(reading, in: ledger)
        }
    }

    @Sendable private func transaction(_ call: Call, _ principal: Principal) async throws -> Answer {
        let id = LedgerTransactionID(text: call.parameters["id"])
        return try await read(call, principal) { ledger in
            guard let reading = try id.flatMap({ try ledger.transaction($0) }) else {
                throw Problem(.ledgerTransactionNotFound)
            }
            return try answer(reading, in: ledger)
        }
    }

    /// With what took from it or reversed it, in the order that happened.
    private func answer(_ reading: TransactionReading, in ledger: LedgerQueries) throws -> Answer {
        let children = try ledger.children(of: reading.recorded.id)
        return .json(
            .ok,
            JSONWriter.object { json in
                json.members(of: reading)
                json.beginArray("children")
                for child in children {
                    json.beginObject()
                    json.members(of: child)
                    json.endObject()
                }
                json.endArray()
                json.field("as_of", ledger.asOf)
            })
    }

    private func read(
        _ call: Call, _ principal: Principal, _ body: (LedgerQueries) throws -> Answer
    ) async throws -> Answer {
        try await services.waitForMinimum(of: call, in: principal.book)
        return try services.database.read(principal.book) { try body(LedgerQueries($0)) }
    }
}
