import EventLog
import Storage

/// Lets a proposed key be used: the second pair of eyes on who may propose and approve.
package struct ApproveAPIKey: Sendable {
    let database: Database

    package struct Command: Sendable {
        package let key: APIKeyID
        package let approver: Principal
        package let context: EventContext

        package init(key: APIKeyID, approver: Principal, context: EventContext) {
            self.key = key
            self.approver = approver
            self.context = context
        }
    }

    package init(database: Database) {
        self.database = database
    }

    /// Approving a key that is active already changes nothing.
    /// - Throws: `KeyRejection`.
    package func run(_ command: Command) async throws -> APIKeyRecord {
        try await database.write(command.approver.book.restricted) { work in
            var record = try APIKeyStore.find(command.key, in: work)
            switch record.state {
            case .revoked: throw KeyRejection.revoked(record.id)
            case .active: return record
            case .proposed: break
            }
            guard !command.approver.isBehind(record.createdBy), command.approver.name != record.principal else {
                throw KeyRejection.approvesOwn(record.id)
            }
            record.approvedBy = command.approver.actor
            work.update(record)
            work.append(APIKeyApproved(key: record.id), context: command.context)
            return record
        }
    }
}

extension Principal {
    /// Whether it was this principal who acted, with whatever key.
    package func isBehind(_ actor: AllowedText) -> Bool {
        actor.text.hasPrefix("principal:\(name)/")
    }
}
