/// A connection to PostgreSQL that reads snapshots.
final class PostgresReader: ReaderConnection {
    private let connection: PostgresConnection
    var deadline: Deadline?

    /// - Parameters:
    ///   - spanMax: How long one statement may take; nil for whoever looks at everything once.
    ///   - looksUp: Whether nothing but a body's look-ups is asked, planned as on a connection that writes.
    init(_ address: PostgresAddress, spanMax: Instant.Span?, looksUp: Bool = false) throws(StorageFault) {
        connection = try PostgresConnection(address)
        try PostgresSession.beginReading(on: connection, spanMax: spanMax)
        if looksUp { try PostgresSession.preferIndexes(on: connection) }
    }

    func beginSnapshot() throws {
        try connection.send("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    }

    func endSnapshot() -> Bool {
        guard connection.isAlive else { return false }
        do throws(StorageFault) {
            if connection.hasWork { _ = try connection.run("ROLLBACK") }
            return true
        } catch { return false }
    }

    func head(of book: BookID) throws -> Head? {
        try connection.run(StorageSchema.selectHead, PostgresParameters([.integer(book.rawValue)])).head
    }

    func heads() throws -> [Head] {
        try connection.run(StorageSchema.selectHeads).heads
    }

    func read(
        _ table: any TableDescription, by lookUp: LookUp, count: Int, book: BookID, bind: RowBinding,
        take: (inout ColumnReader) throws -> Void
    ) throws {
        try connection.read(table, by: lookUp, count: count, book: book, bind: bind, take: take)
    }

    /// The server checks its pages itself, where it was made with checksums, as it reads them.
    func damages() -> [String] { [] }

    func query(_ sql: String, _ values: [ColumnValue], each body: (inout ColumnReader) throws -> Void) throws {
        try connection.query(sql, values, each: body)
    }
}
