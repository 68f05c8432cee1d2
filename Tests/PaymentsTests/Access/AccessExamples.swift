import EventLog
import Payments
import Storage
import SummaTestKit
import Synchronization

/// A tenant's book with its restricted log and the installation's, and what makes keys in them.
struct AccessExample {
    let store: TestDatabase
    let authenticator: Authenticator
    let random = CountingBytes()

    var database: Database { store.database }

    init() async throws {
        store = try TestDatabase([AccessSchema.migration], books: [.system, .first], runsOwnThread: true)
        authenticator = Authenticator(database: store.database, clock: store.clock)
        try await store.database.createBook(BookID.first.restricted, named: "book-1.restricted")
    }

    func make(
        _ name: String = "anna", _ role: Role = .service, by actor: AllowedText = "system:test",
        approvedBy: AllowedText? = nil
    ) async throws -> (key: APIKey, record: APIKeyRecord) {
        try await CreateAPIKey(database: database, random: random).run(
            .init(
                book: .first, mode: .test, principal: try principalName(name), role: role, approvedBy: approvedBy,
                context: EventContext(actor: actor)))
    }

    func revoke(_ record: APIKeyRecord) async throws -> APIKeyRecord {
        try await RevokeAPIKey(database: database, authenticator: authenticator).run(
            .init(book: .first, key: record.id, context: EventContext(actor: "system:test")))
    }

    func approve(_ record: APIKeyRecord, as name: String) async throws -> APIKeyRecord {
        let approver = Principal(
            name: try principalName(name), role: .approver, book: .first, key: APIKeyID(rawValue: 5))
        return try await ApproveAPIKey(database: database).run(
            .init(key: record.id, approver: approver, context: EventContext(actor: approver.actor)))
    }

    func events(_ book: BookID) throws -> [EventDocument] {
        try database.read(book) { try EventStore($0).events(after: 0, limit: 100) }
    }

    private func principalName(_ text: String) throws -> PrincipalName {
        struct NoName: Error {}
        guard let name = PrincipalName(text) else { throw NoName() }
        return name
    }
}

/// Bytes that never repeat within a test.
final class CountingBytes: RandomSource {
    private let count = Mutex<UInt8>(0)

    func bytes(_ count: Int) -> [UInt8] {
        let first = self.count.withLock { value in
            value += 1
            return value
        }
        return [first] + [UInt8](repeating: 0xA5, count: count - 1)
    }
}
