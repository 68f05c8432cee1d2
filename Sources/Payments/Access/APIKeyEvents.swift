import EventLog
import JSON

/// A key was made. The event holds the hash by which the key is known again, never the key.
package struct APIKeyCreated: EventContent {
    package static let type = "summa.access.key_created"
    package static let meaning = "A key was made for a principal."
    package static let subjectMeaning = "the key"
    package static let fields = [
        EventField("principal", .text, "who will act with it"),
        EventField("role", .oneOf(Role.allCases.map(\.rawValue)), "what the principal may do"),
        EventField("key_hash", .text, "SHA-256 of the key's text, hexadecimal"),
        EventField(
            "approved_by", .text, optional: true,
            "who answers for it without a second person; absent: nobody, and a role that needs approval waits"),
    ]
    package static let example = APIKeyCreated(
        key: APIKeyID(rawValue: 1 << 61), principal: "acme-backend", role: Role.service.rawValue,
        keyHash: String(repeating: "5e", count: 32), approvedBy: "system:init")

    let key: APIKeyID
    let principal: String
    let role: String
    let keyHash: String
    let approvedBy: AllowedText?

    package var subject: String { key.description }

    package func write(to data: inout JSONWriter) {
        data.field("principal", principal)
        data.field("role", role)
        data.field("key_hash", keyHash)
        data.field("approved_by", ifPresent: approvedBy?.text)
    }
}

extension APIKeyCreated {
    init(_ record: APIKeyRecord) {
        self.init(
            key: record.id, principal: record.principal.text, role: record.role.rawValue,
            keyHash: Hex.encode(record.hash.bytes), approvedBy: record.approvedBy)
    }

    package init(subject: String, from data: inout JSONFields) throws {
        key = try APIKeyID(subject: subject)
        principal = try data.string("principal", maxLength: PrincipalName.lengthMax)
        role = try data.string("role", maxLength: 16)
        keyHash = try data.string("key_hash", maxLength: 64)
        approvedBy = try data.optionalLogged("approved_by") { AllowedText($0) }
    }
}

/// Another principal agreed that a key may be used.
package struct APIKeyApproved: EventContent {
    package static let type = "summa.access.key_approved"
    package static let meaning = "Another principal than its maker agreed that a key may be used."
    package static let subjectMeaning = "the key"
    package static let fields: [EventField] = []
    package static let example = APIKeyApproved(key: APIKeyID(rawValue: 1 << 61))

    let key: APIKeyID

    package var subject: String { key.description }
    package func write(to data: inout JSONWriter) {}
}

extension APIKeyApproved {
    package init(subject: String, from data: inout JSONFields) throws {
        key = try APIKeyID(subject: subject)
    }
}

/// A key stopped working.
package struct APIKeyRevoked: EventContent {
    package static let type = "summa.access.key_revoked"
    package static let meaning = "A key was revoked; whoever shows it from then on is refused."
    package static let subjectMeaning = "the key"
    package static let fields: [EventField] = []
    package static let example = APIKeyRevoked(key: APIKeyID(rawValue: 1 << 61))

    let key: APIKeyID

    package var subject: String { key.description }
    package func write(to data: inout JSONWriter) {}
}

extension APIKeyRevoked {
    package init(subject: String, from data: inout JSONFields) throws {
        key = try APIKeyID(subject: subject)
    }
}

extension APIKeyID {
    fileprivate init(subject: String) throws(EventRejection) {
        guard let id = APIKeyID(text: subject) else { throw .malformed("subject") }
        self = id
    }
}

/// The event types of access control: all stand in restricted logs but the last, which stands in the installation's.
package enum AccessEvents {
    package static let contents: [any EventContent.Type] = [
        APIKeyCreated.self, APIKeyApproved.self, APIKeyRevoked.self, AuthenticationFailed.self,
        NotificationRefused.self,
    ]
}
