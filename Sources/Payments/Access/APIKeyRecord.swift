import EventLog
import Ledger
import Storage

/// What is kept of a key: everything but the secret.
package struct APIKeyRecord: Row, Hashable {
    package let id: APIKeyID
    package let hash: APIKeyHash
    package let principal: PrincipalName
    package let role: Role
    package let createdAt: Instant
    package let createdBy: AllowedText
    /// Who agreed that it may be used; nil while nobody has, and for roles where nobody needs to.
    package var approvedBy: AllowedText?
    package var revokedAt: Instant?

    package enum State: String, Hashable, Sendable {
        /// Made, and of no use until another principal approves it.
        case proposed
        case active
        case revoked
    }

    package var state: State {
        if revokedAt != nil { return .revoked }
        return approvedBy != nil || !role.needsApproval ? .active : .proposed
    }

    package var key: APIKeyID { id }

    package static let byHash = UniqueKey<APIKeyRecord, [UInt8]>("hash", columns: ["hash"]) { $0.hash.bytes }
    package static let byPrincipal = GroupKey<APIKeyRecord, String>("principal", columns: ["principal"]) {
        $0.principal.text
    }

    package static let table = TableDefinition<APIKeyRecord>(
        "api_key", .recorded,
        columns: [
            .integer("id"),
            .bytes("hash", check: "length(hash) = 32"),
            .text("principal", check: "length(principal) BETWEEN 1 AND 64"),
            .text("role", check: "role IN ('service', 'operator', 'approver', 'auditor')"),
            .integer("created_at"),
            .text("created_by"),
            .text("approved_by", optional: true),
            .integer("revoked_at", optional: true),
        ],
        uniqueKeys: [byHash], groupKeys: [byPrincipal])
}

extension APIKeyRecord {
    package func write(to columns: inout ColumnWriter) {
        columns.key(id)
        columns.bytes(hash.bytes)
        columns.text(principal.text)
        columns.text(role.rawValue)
        columns.instant(createdAt)
        columns.text(createdBy.text)
        columns.text(approvedBy?.text)
        columns.instant(revokedAt)
    }

    package init(from columns: inout ColumnReader) throws {
        id = try columns.key()
        hash = APIKeyHash(bytes: columns.bytes())
        principal = try columns.parsed("principal", PrincipalName.init)
        role = try columns.named("role")
        createdAt = columns.instant()
        createdBy = try columns.parsed("created_by") { AllowedText($0) }
        approvedBy = try columns.optionalParsed("approved_by") { AllowedText($0) }
        revokedAt = columns.optionalInstant()
    }
}
