import EventLog
import JSON
import Storage

/// Makes the keys of a restricted log out of that log alone.
package struct AccessReplay: EventReplayer {
    package init() {}

    package func apply(_ event: EventDocument, in work: inout UnitOfWork) throws {
        switch event.type {
        case APIKeyCreated.type: work.insert(try record(event.content(), event))
        case APIKeyApproved.type:
            var record = try find(event.content(as: APIKeyApproved.self).key, in: work)
            record.approvedBy = try event.context().actor
            work.update(record)
        case APIKeyRevoked.type:
            var record = try find(event.content(as: APIKeyRevoked.self).key, in: work)
            record.revokedAt = event.time
            work.update(record)
        default: break
        }
    }

    private func record(_ created: APIKeyCreated, _ event: EventDocument) throws -> APIKeyRecord {
        guard let principal = PrincipalName(created.principal), let role = Role(rawValue: created.role),
            let hash = Hex.decode(created.keyHash)
        else { throw EventRejection.malformed("data") }
        return APIKeyRecord(
            id: created.key, hash: APIKeyHash(bytes: hash), principal: principal, role: role, createdAt: event.time,
            createdBy: try event.context().actor, approvedBy: created.approvedBy)
    }

    private func find(_ key: APIKeyID, in work: borrowing UnitOfWork) throws -> APIKeyRecord {
        guard let record = try work.find(APIKeyRecord.self, key) else { throw EventRejection.malformed("subject") }
        return record
    }
}
