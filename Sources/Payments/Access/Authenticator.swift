import Storage
import Synchronization

/// Why a key opens nothing, in the order checked.
package enum AuthenticationRejection: Error, Hashable {
    /// No key of ours looks like this.
    case malformed
    case unknown
    case revoked
    /// Proposed by one principal and not approved by another yet.
    case notApproved
}

/// Tells who is behind a key.
///
/// Principals are remembered for a few seconds, so that a busy caller costs no query. A revocation in this process ends that at once;
/// one by another process is noticed when the memory has grown stale. Refusals are never remembered: guesses fill nothing.
package final class Authenticator: Sendable {
    package static let freshness = Instant.Span.seconds(5)
    package static let capacity = 4_096

    private let database: Database
    private let principals: ShortMemory<APIKeyHash, Principal>
    /// Keys of this process alone.
    private let admitted = Mutex<[APIKeyHash: Principal]>([:])

    package init(database: Database, clock: any TimeSource) {
        self.database = database
        principals = ShortMemory(for: Self.freshness, capacity: Self.capacity, clock: clock)
    }

    /// The principal behind a key's text.
    /// - Throws: `AuthenticationRejection`, or a fault of the store.
    package func principal(for text: String) throws -> Principal {
        guard let key = APIKey(text: text) else { throw AuthenticationRejection.malformed }
        let hash = key.hash
        if let admitted = admitted.withLock({ $0[hash] }) { return admitted }
        guard let principal = try principals.value(hash, read: { try read(key.book, hash) }) else {
            throw AuthenticationRejection.unknown
        }
        return principal
    }

    /// Lets a key in that no book knows, for as long as this process lives: whoever opened the files at the command line
    /// can do with them what they like, and shall do it by the same way as everybody, under a name that events tell.
    package func admit(_ key: APIKey, as principal: Principal) {
        admitted.withLock { $0[key.hash] = principal }
    }

    /// Whether it was let in so, and answers for itself.
    package func isAdmitted(_ principal: Principal) -> Bool {
        admitted.withLock { $0.values.contains(principal) }
    }

    /// Forgets a key that has been revoked.
    package func forget(_ hash: APIKeyHash) {
        principals.forget(hash)
    }

    private func read(_ book: BookID, _ hash: APIKeyHash) throws -> Principal? {
        guard let record = try record(book, hash) else { return nil }
        switch record.state {
        case .revoked: throw AuthenticationRejection.revoked
        case .proposed: throw AuthenticationRejection.notApproved
        case .active: return Principal(name: record.principal, role: record.role, book: book, key: record.id)
        }
    }

    private func record(_ book: BookID, _ hash: APIKeyHash) throws -> APIKeyRecord? {
        do {
            return try database.read(book.restricted) { try APIKeyStore.find(hash, in: $0) }
        } catch StorageFault.unknownBook {
            return nil
        }
    }
}
