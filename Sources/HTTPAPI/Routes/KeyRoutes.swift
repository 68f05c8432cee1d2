import EventLog
import JSON
import Payments
import Storage

/// API keys: who may act on a book.
struct KeyRoutes {
    let services: Services

    var routes: [Route] {
        [
            .get("/v1/api_keys", .listKeys, list).readingQuery,
            .post("/v1/api_keys", .proposeKeys, create),
            .post(
                "/v1/api_keys/{id}/approve", .approveKeys, body: .optionalJSON(byteCountMax: BodyRule.small), approve),
            .post("/v1/api_keys/{id}/revoke", .revokeKeys, body: .optionalJSON(byteCountMax: BodyRule.small), revoke),
        ]
    }

    @Sendable private func list(_ call: Call, _ principal: Principal) throws -> Answer {
        var query = try call.queryFields()
        let page = try query.page(by: APIKeyID.self)
        try query.finish()
        let (keys, asOf) = try ListAPIKeys(database: services.database).run(
            book: principal.book, after: page.after, limit: page.readCount)
        return .json(.ok, page.body(keys, asOf: asOf, position: \.id.description) { $1.members(of: $0) })
    }

    @Sendable private func create(_ call: Call, _ principal: Principal) async throws -> Answer {
        var fields = try call.fields()
        let name = try fields.parsed("principal", "1 to 64 of a-z 0-9 _ . -", PrincipalName.init)
        let role = try fields.parsed("role", "one of \(Role.names)", Role.init(rawValue:))
        try fields.finish()
        let made = try await CreateAPIKey(database: services.database, random: services.random).run(
            .init(
                book: principal.book, mode: try services.modes.mode(of: principal.book), principal: name, role: role,
                // Whoever has opened the files could write the approval itself.
                approvedBy: services.authenticator.isAdmitted(principal) ? principal.actor : nil,
                context: call.context(principal)))
        return .json(.created, body(made.record, secret: made.key))
    }

    @Sendable private func approve(_ call: Call, _ principal: Principal) async throws -> Answer {
        try call.optionalFields().finish()
        let record = try await ApproveAPIKey(database: services.database).run(
            .init(key: try id(call), approver: principal, context: call.context(principal)))
        return .json(.ok, body(record))
    }

    @Sendable private func revoke(_ call: Call, _ principal: Principal) async throws -> Answer {
        try call.optionalFields().finish()
        let record = try await RevokeAPIKey(database: services.database, authenticator: services.authenticator).run(
            .init(book: principal.book, key: try id(call), context: call.context(principal)))
        return .json(.ok, body(record))
    }

    private func id(_ call: Call) throws(Problem) -> APIKeyID {
        guard let id = APIKeyID(text: call.parameters["id"]) else { throw Problem(.keyNotFound) }
        return id
    }

    private func body(_ record: APIKeyRecord, secret: APIKey? = nil) -> [UInt8] {
        JSONWriter.object { json in
            json.members(of: record)
            // The one time it is told.
            json.field("secret", ifPresent: secret?.revealed)
        }
    }
}

extension JSONWriter {
    fileprivate mutating func members(of record: APIKeyRecord) {
        field("id", record.id.description)
        field("principal", record.principal.text)
        field("role", record.role.rawValue)
        field("state", record.state.rawValue)
        field("created_at", record.createdAt.description)
        field("created_by", record.createdBy.text)
        field("approved_by", ifPresent: record.approvedBy?.text)
        field("revoked_at", ifPresent: record.revokedAt?.description)
    }
}

extension Role {
    fileprivate static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
