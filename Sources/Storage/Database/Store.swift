/// Where books are kept: opens the connections of one database.
package protocol Store: Sendable {
    /// How many connections write at a time, each of them other books.
    var writerCount: Int { get }
    /// Whether other processes write to the same books.
    var isShared: Bool { get }
    /// How often a body is run again, for rows it missed, before it reads in place: what a round trip costs decides.
    var missRounds: Int { get }
    /// Opens one more connection that writes, never more than `writerCount`.
    func openWriter() throws(StorageFault) -> any WriterConnection
    /// - Parameter spanMax: How long one query may take; nil for whoever looks at everything once.
    func openReader(spanMax: Instant.Span?) throws(StorageFault) -> any ReaderConnection
    /// Opens a connection for a body's look-ups and nothing else.
    func openLookUps(spanMax: Instant.Span) throws(StorageFault) -> any ReaderConnection
    /// What finds rows by keys declared in runs; nil where the database has an index of each.
    var runs: Runs? { get }
    /// Who is in charge of which books; nil where this process alone serves them.
    func openLeases() -> (any LeaseTable & Sendable)?
    /// Lets go of what the database was held by.
    func close()
}

/// A database's address, as a person gives it.
package enum DatabasePlace: Sendable {
    /// A directory with a SQLite file in it.
    case directory(String)
    case postgres(PostgresAddress)

    /// Opens the database for one process that serves it: a directory is made, brought up to date and locked; a PostgreSQL
    /// database has to be up to date.
    /// - Parameter writer: This process's number, drawn at random.
    func open(
        _ migrations: [Migration], writer: Int64, configuration: Database.Configuration
    ) throws(StorageFault) -> any Store {
        switch self {
        case .directory(let path):
            try SQLiteStore(directory: path, migrations: migrations, writer: writer, configuration: configuration)
        case .postgres(let address):
            try PostgresStore(
                address, migrations: migrations, process: writer, writerCount: configuration.writerCount)
        }
    }
}
