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
    private let clock: any TimeSource
    private let memory = Mutex(Memory())

    private struct Memory {
        var principals: [APIKeyHash: (principal: Principal, readAt: Instant)] = [:]
        /// Counts revocations: what was read before one is not remembered after it.
        var generation: UInt64 = 0
        /// Keys of this process alone.
        var admitted: [APIKeyHash: Principal] = [:]
    }

    package init(database: Database, clock: any TimeSource) {
        self.database = database
        self.clock = clock
    }

    /// The principal behind a key's text.
    /// - Throws: `AuthenticationRejection`, or a fault of the store.
    package func principal(for text: String) throws -> Principal {
        guard let key = APIKey(text: text) else { throw AuthenticationRejection.malformed }
        let hash = key.hash
        let now = clock.now
        let (known, admitted, generation) = memory.withLock { ($0.principals[hash], $0.admitted[hash], $0.generation) }
        if let admitted { return admitted }
        if let known, Self.isFresh(known.readAt, at: now) { return known.principal }
        let principal = try read(key.book, hash)
        remember(principal, hash, at: now, generation)
        return principal
    }

    /// Lets a key in that no book knows, for as long as this process lives: whoever opened the files at the command line
    /// can do with them what they like, and shall do it by the same way as everybody, under a name that events tell.
    package func admit(_ key: APIKey, as principal: Principal) {
        memory.withLock { $0.admitted[key.hash] = principal }
    }

    /// Whether it was let in so, and answers for itself.
    package func isAdmitted(_ principal: Principal) -> Bool {
        memory.withLock { $0.admitted.values.contains(principal) }
    }

    /// Forgets a key that has been revoked.
    package func forget(_ hash: APIKeyHash) {
        memory.withLock {
            $0.principals[hash] = nil
            $0.generation += 1
        }
    }

    private func read(_ book: BookID, _ hash: APIKeyHash) throws -> Principal {
        guard let record = try record(book, hash) else { throw AuthenticationRejection.unknown }
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

    private func remember(_ principal: Principal, _ hash: APIKeyHash, at now: Instant, _ generation: UInt64) {
        memory.withLock { memory in
            guard memory.generation == generation else { return }
            if memory.principals.count >= Self.capacity {
                memory.principals = memory.principals.filter { Self.isFresh($0.value.readAt, at: now) }
            }
            guard memory.principals.count < Self.capacity else { return }
            memory.principals[hash] = (principal, now)
        }
    }

    /// A clock that was set back makes nothing fresh for longer.
    private static func isFresh(_ readAt: Instant, at now: Instant) -> Bool {
        readAt <= now && now.since(readAt) < freshness
    }
}
