/// A PostgreSQL database, in which any number of processes keep the same books.
package final class PostgresStore: Store {
    private let address: PostgresAddress
    private let process: Int64?
    package let writerCount: Int

    /// - Parameters:
    ///   - migrations: The schema the program knows. A database that is behind, or from the future, is refused.
    ///   - process: The number of this process among all that write.
    ///   - writerCount: How many connections write, each another book.
    package init(
        _ address: PostgresAddress, migrations: [Migration], process: Int64? = nil, writerCount: Int = 2
    ) throws(StorageFault) {
        precondition(writerCount > 0)
        self.address = address
        self.process = process
        self.writerCount = writerCount
        try PostgresMigrator(try PostgresConnection(address)).check([StorageSchema.migration] + migrations)
    }

    /// Makes and upgrades the schema. Of several processes that do it at once, one does and the others wait.
    /// - Returns: The names of the steps that were taken; none where the database was up to date.
    @discardableResult
    package static func migrate(
        _ address: PostgresAddress, to migrations: [Migration]
    ) throws(StorageFault) -> [String] {
        try PostgresMigrator(try PostgresConnection(address)).migrate([StorageSchema.migration] + migrations)
    }

    package var isShared: Bool { true }
    /// To run a body again takes some 20 µs, to fetch a row for it alone a round trip of 75 and more; no body looks for more than a
    /// few rows that hang on one another.
    package var missRounds: Int { 8 }

    package func openWriter() throws(StorageFault) -> any WriterConnection {
        try PostgresWriter(address, of: process)
    }

    package func openReader(spanMax: Instant.Span?) throws(StorageFault) -> any ReaderConnection {
        try PostgresReader(address, spanMax: spanMax)
    }

    package func openLookUps(spanMax: Instant.Span) throws(StorageFault) -> any ReaderConnection {
        try PostgresReader(address, spanMax: spanMax, looksUp: true)
    }

    package var runs: Runs? { nil }
    package func openLeases() -> (any LeaseTable & Sendable)? { PostgresLeases(address) }

    package func close() {}
}
