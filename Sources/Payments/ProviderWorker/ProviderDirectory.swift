import Storage
import Synchronization

/// Finds who speaks for us with the provider of an account. Contracts are read each time, so that a changed credential counts
/// from its commit on; only the adapters made of them are kept.
package final class ProviderDirectory: Sendable {
    /// Makes the adapter of a contract; nil when nothing here speaks that provider's language.
    package typealias Making = @Sendable (ProviderContract) -> (any PaymentProvider)?

    private struct Place: Hashable {
        let book: BookID
        let account: ProviderAccountID
    }

    private let database: Database
    private let connections: ProviderConnectionStore
    private let make: Making
    private let known = Mutex<[Place: ProviderParty]>([:])

    package init(database: Database, connections: ProviderConnectionStore, make: @escaping Making) {
        self.database = database
        self.connections = connections
        self.make = make
    }

    /// Nil when there is no such endpoint, or nobody who could read what comes there.
    /// - Throws: `SealingFault`.
    package func party(at endpoint: NotificationEndpoint) throws -> ProviderParty? {
        do {
            let contract = try database.read(endpoint.book) { try connections.contract(at: endpoint, in: $0) }
            return contract.flatMap { party(of: $0, in: endpoint.book) }
        } catch StorageFault.unknownBook {
            return nil
        }
    }

    /// - Throws: `SealingFault`.
    package func party(of account: ProviderAccount, in book: BookID) throws -> ProviderParty? {
        let connection = try database.read(book) { try connections.find(account.id, in: $0) }
        return party(of: ProviderContract(account: account, connection: connection), in: book)
    }

    private func party(of contract: ProviderContract, in book: BookID) -> ProviderParty? {
        let place = Place(book: book, account: contract.account.id)
        if let party = known.withLock({ $0[place] }), party.contract == contract { return party }
        guard let provider = make(contract) else { return nil }
        let party = ProviderParty(contract: contract, provider: provider)
        known.withLock { $0[place] = party }
        return party
    }
}

/// A contract and who speaks for us under it.
package struct ProviderParty: Sendable {
    package let contract: ProviderContract
    package let provider: any PaymentProvider
}
