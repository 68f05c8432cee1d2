import EventLog
import Storage

/// Makes a key for a principal. The secret exists in the answer and nowhere else: if the process stops before it is told,
/// the key is of no use to anybody and is revoked by its id.
package struct CreateAPIKey: Sendable {
    let database: Database
    let random: any RandomSource

    package struct Command: Sendable {
        package let book: BookID
        package let mode: BookMode
        package let principal: PrincipalName
        package let role: Role
        /// Who answers for it without a second person: the installation's owner, at its command line. Nil else.
        package let approvedBy: AllowedText?
        package let context: EventContext

        package init(
            book: BookID, mode: BookMode, principal: PrincipalName, role: Role, approvedBy: AllowedText? = nil,
            context: EventContext
        ) {
            self.book = book
            self.mode = mode
            self.principal = principal
            self.role = role
            self.approvedBy = approvedBy
            self.context = context
        }
    }

    package init(database: Database, random: any RandomSource) {
        self.database = database
        self.random = random
    }

    /// - Throws: `KeyRejection`.
    package func run(_ command: Command) async throws -> (key: APIKey, record: APIKeyRecord) {
        let key = APIKey(mode: command.mode, book: command.book, random: random)
        let hash = key.hash
        let record = try await database.write(command.book.restricted) { work in
            try Self.requireOneRole(command, in: work)
            let record = APIKeyRecord(
                id: work.newIdentifier(), hash: hash, principal: command.principal, role: command.role,
                createdAt: work.now, createdBy: command.context.actor, approvedBy: command.approvedBy)
            work.insert(record)
            work.append(APIKeyCreated(record), context: command.context)
            return record
        }
        return (key, record)
    }

    private static func requireOneRole(_ command: Command, in work: borrowing UnitOfWork) throws {
        let keys = try work.group(APIKeyRecord.byPrincipal, command.principal.text)
        guard let other = keys.first(where: { $0.state != .revoked && $0.role != command.role }) else { return }
        throw KeyRejection.principalHasRole(command.principal, other.role)
    }
}
