import EventLog
import Storage

/// How a provider is reached, sealed under a key of the installation's: whoever has the database and not that key can neither
/// act as us nor as the provider.
struct ProviderConnectionRow: Row, Hashable {
    let account: ProviderAccountID
    let endpointHash: [UInt8]
    var sealed: [UInt8]

    var key: ProviderAccountID { account }

    static let byEndpoint = UniqueKey<ProviderConnectionRow, [UInt8]>("endpoint", columns: ["endpoint_hash"]) {
        $0.endpointHash
    }

    static let table = TableDefinition<ProviderConnectionRow>(
        "provider_connection", .private,
        columns: [
            .integer("provider_account"),
            .bytes("endpoint_hash", check: "length(endpoint_hash) = 32"),
            .bytes("sealed"),
        ],
        uniqueKeys: [byEndpoint])

    init(account: ProviderAccountID, endpointHash: [UInt8], sealed: [UInt8]) {
        self.account = account
        self.endpointHash = endpointHash
        self.sealed = sealed
    }

    func write(to columns: inout ColumnWriter) {
        columns.key(account)
        columns.bytes(endpointHash)
        columns.bytes(sealed)
    }

    init(from columns: inout ColumnReader) throws {
        account = try columns.key()
        endpointHash = columns.bytes()
        sealed = columns.bytes()
    }
}

/// Keeps and opens provider connections.
package struct ProviderConnectionStore: Sendable {
    private let sealing: SealingKey

    package init(_ key: InstallationKey) {
        sealing = key.derived(for: .providerSecrets)
    }

    func insert(
        _ connection: ProviderConnection, of account: ProviderAccountID, nonce: [UInt8], in work: inout UnitOfWork
    ) throws {
        let sealed = try sealing.seal(connection.bytes, nonce: nonce, for: Self.place(account))
        work.insert(
            ProviderConnectionRow(account: account, endpointHash: connection.endpoint.hash, sealed: sealed))
    }

    func update(
        _ connection: ProviderConnection, of account: ProviderAccountID, nonce: [UInt8], in work: inout UnitOfWork
    ) throws {
        let sealed = try sealing.seal(connection.bytes, nonce: nonce, for: Self.place(account))
        work.update(
            ProviderConnectionRow(account: account, endpointHash: connection.endpoint.hash, sealed: sealed))
    }

    /// - Throws: `SealingFault` when the installation's key is another one than it was sealed with.
    func find(_ account: ProviderAccountID, in work: borrowing UnitOfWork) throws -> ProviderConnection {
        try open(work.find(ProviderConnectionRow.self, account), of: account)
    }

    package func find(_ account: ProviderAccountID, in rows: Rows) throws -> ProviderConnection {
        try open(rows.find(ProviderConnectionRow.self, account), of: account)
    }

    /// The contract whose notifications come to an endpoint; nil when there is none such.
    package func contract(at endpoint: NotificationEndpoint, in rows: Rows) throws -> ProviderContract? {
        guard let row = try rows.find(ProviderConnectionRow.byEndpoint, endpoint.hash),
            let account = try rows.find(ProviderAccount.self, row.account)
        else { return nil }
        return ProviderContract(account: account, connection: try open(row, of: row.account))
    }

    private func open(_ row: ProviderConnectionRow?, of account: ProviderAccountID) throws -> ProviderConnection {
        guard let row else { throw SealingFault(place: Self.place(account)) }
        return try ProviderConnection(bytes: sealing.open(row.sealed, from: Self.place(account)))
    }

    private static func place(_ account: ProviderAccountID) -> String { "connection of \(account)" }
}

/// A provider account with how its provider is reached: all an adapter is made of.
package struct ProviderContract: Hashable, Sendable {
    package let account: ProviderAccount
    package let connection: ProviderConnection

    package init(account: ProviderAccount, connection: ProviderConnection) {
        self.account = account
        self.connection = connection
    }
}
