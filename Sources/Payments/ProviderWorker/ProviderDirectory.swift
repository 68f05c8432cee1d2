import Storage
import Synchronization

/// Finds who speaks for us with the provider of an account.
///
/// A worker reads the contract each time, so that a changed credential counts from its commit on. For what providers send,
/// contracts are remembered for a few seconds, so that a callback costs no query for them: so long may a secret that was taken
/// away be believed. One that was added is believed at once.
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
    private let contracts: ShortMemory<NotificationEndpoint, ProviderContract>?

    /// - Parameter clock: By which contracts are remembered; nil where they are read each time.
    package init(
        database: Database, connections: ProviderConnectionStore, clock: (any TimeSource)? = nil,
        make: @escaping Making
    ) {
        self.database = database
        contracts = clock.map { ShortMemory(clock: $0) }
        self.connections = connections
        self.make = make
    }

    /// Nil when there is no such endpoint, or nobody who could read what comes there.
    /// - Throws: `SealingFault`.
    package func party(at endpoint: NotificationEndpoint) throws -> ProviderParty? {
        guard let contract = try rememberedContract(at: endpoint) else { return nil }
        return party(of: contract, in: endpoint.book)
    }

    /// Who speaks there now, where that is another than was remembered: for what is not believed, since a secret may just have been
    /// changed. Nil where nothing has changed.
    func party(at endpoint: NotificationEndpoint, insteadOf known: ProviderParty) throws -> ProviderParty? {
        contracts?.forget(endpoint)
        guard let contract = try rememberedContract(at: endpoint), contract != known.contract else { return nil }
        return party(of: contract, in: endpoint.book)
    }

    private func rememberedContract(at endpoint: NotificationEndpoint) throws -> ProviderContract? {
        guard let contracts else { return try contract(at: endpoint) }
        return try contracts.value(endpoint) { try contract(at: endpoint) }
    }

    private func contract(at endpoint: NotificationEndpoint) throws -> ProviderContract? {
        do {
            return try database.read(endpoint.book) { try connections.contract(at: endpoint, in: $0) }
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
