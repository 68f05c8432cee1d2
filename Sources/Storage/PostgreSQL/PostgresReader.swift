/// A connection to PostgreSQL that reads snapshots.
final class PostgresReader: ReaderConnection {
    private let connection: PostgresConnection
    private var lookUps: [PostgresStatement?] = []
    var deadline: Deadline?

    /// - Parameter spanMax: How long one statement may take; nil for whoever looks at everything once.
    init(_ address: PostgresAddress, spanMax: Instant.Span?) throws(StorageFault) {
        connection = try PostgresConnection(address)
        try PostgresSession.beginReading(on: connection, spanMax: spanMax)
    }

    func beginSnapshot() throws {
        try connection.send("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    }

    func endSnapshot() -> Bool {
        guard connection.isAlive else { return false }
        do {
            try connection.finish()
            if connection.isInTransaction { _ = try connection.run("ROLLBACK") }
            return true
        } catch { return false }
    }

    func head(of book: BookID) throws -> Head? {
        let parameters = PostgresParameters(scalars: 1)
        var values = parameters.writer()
        values.integer(book.rawValue)
        return try connection.run(StorageSchema.selectHead, parameters).head
    }

    func heads() throws -> [Head] {
        try connection.run(StorageSchema.selectHeads).heads
    }

    func read(
        _ table: any TableDescription, by lookUp: LookUp, count: Int, book: BookID, bind: RowBinding,
        take: (inout ColumnReader) throws -> Void
    ) throws {
        while lookUps.count <= lookUp.ordinal { lookUps.append(nil) }
        let statement = lookUps[lookUp.ordinal] ?? PostgresStatement(select: table, by: lookUp)
        lookUps[lookUp.ordinal] = statement
        statement.bind(book, count: count, bind)
        try connection.run(statement.sql, statement.parameters).forEach(take)
    }

    /// The server checks its pages itself, where it was made with checksums, as it reads them.
    func damages() -> [String] { [] }

    func query(_ sql: String, _ values: [ColumnValue], each body: (inout ColumnReader) throws -> Void) throws {
        let parameters = PostgresParameters(scalars: values.count)
        var columns = parameters.writer()
        for value in values { value.write(to: &columns) }
        try connection.run(sql, parameters).forEach(body)
    }
}
