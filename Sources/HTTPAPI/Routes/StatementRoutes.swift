import JSON
import Ledger
import Payments
import Reconciliation
import Storage

/// Files of providers and banks. The same bytes are one import, so that a file needs no key to be sent again.
struct StatementRoutes {
    let services: Services

    var routes: [Route] {
        [
            .post(
                "/v1/statements", .importStatements, body: .bytes(byteCountMax: BodyRule.large, contentTypes: []),
                importStatement
            ).readingQuery
        ]
    }

    /// 201 for a file that was taken in, 200 for one that had been before.
    @Sendable private func importStatement(_ call: Call, _ principal: Principal) async throws -> Answer {
        var query = try call.queryFields()
        let account = try query.required("provider_account", "a provider account's code") { PathSegment($0) }
        let format = try query.value("format", "one of \(Self.formats)") { name in
            StatementFormats.all.contains { $0.name == name } ? name : nil
        }
        try query.finish()
        if let format { try expect(format, of: call.body) }
        let imported = try await ImportStatement(database: services.database).run(
            .init(
                book: principal.book, providerAccount: account, bytes: call.body, context: call.context(principal)))
        let breakCount = try services.database.read(principal.book) { rows in
            try BreakStore.page(nil, statement: imported.statement.id, after: nil, limit: .max, in: rows).count
        }
        return .json(
            imported.isRepeat ? .ok : .created,
            JSONWriter.object { $0.members(of: imported, breakCount: Int64(breakCount)) })
    }

    /// Who names a format wants no other one read.
    private func expect(_ format: String, of bytes: [UInt8]) throws {
        let beginning = bytes.prefix(StatementFormats.beginningMax)
        guard let found = StatementFormats.all.first(where: { $0.recognises(beginning) }), found.name != format else {
            return
        }
        throw Problem(.statementRefused, "the file is of the format \(found.name)", param: "format")
    }

    private static var formats: String { StatementFormats.all.map(\.name).joined(separator: ", ") }
}

extension JSONWriter {
    fileprivate mutating func members(of imported: ImportedStatement, breakCount: Int64) {
        let statement = imported.statement
        field("id", statement.id.description)
        field("kind", statement.source.kind.rawValue)
        field("owner", statement.source.owner.text)
        field("format", statement.format)
        field("reference", orNull: statement.reference?.text)
        field("date", statement.date.description)
        field("lines", statement.lineCount)
        field("breaks", breakCount)
        field("already_imported", imported.isRepeat)
        field("received_at", statement.receivedAt.description)
        field("imported_at", orNull: statement.importedAt?.description)
    }
}
