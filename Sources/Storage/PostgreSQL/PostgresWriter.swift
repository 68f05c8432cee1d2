/// The connection that writes to PostgreSQL: one book in each transaction.
///
/// What a batch changes is sent without waiting, statement behind statement, with the COMMIT at the end; the server works
/// on the first while the last is still being written. Errors of all of it come out of `commit`.
package final class PostgresWriter: WriterConnection {
    private let address: PostgresAddress
    private let process: Int64?
    private var connection: PostgresConnection?
    /// By the tables' ordinals.
    private var statements: [TableStatements?] = []
    private var statistics = PostgresStatistics()
    private let insertEvent = PostgresStatement(PostgresSchema.insertEvent, scalars: 1, arrays: [.integer, .bytes])
    private let insertTile = PostgresStatement(
        PostgresSchema.insertTile, scalars: 1, arrays: [.integer, .integer, .bytes])

    /// - Parameter process: The number of the process that writes, by which others end its session when it is dead or stopped.
    package init(_ address: PostgresAddress, of process: Int64? = nil) throws(StorageFault) {
        self.address = address
        self.process = process
        try reconnect()
    }

    package var takesOneBook: Bool { true }

    /// Indexes of the database's own find rows by every key.
    package var runs: Runs? { nil }

    // MARK: Connecting

    package func reconnect() throws(StorageFault) {
        connection = nil
        let fresh = try PostgresConnection(address)
        try PostgresSession.beginWriting(on: fresh, of: process)
        connection = fresh
    }

    private func alive() throws(StorageFault) -> PostgresConnection {
        if let connection, connection.isAlive { return connection }
        throw .connectionLost("the connection to PostgreSQL has ended")
    }

    // MARK: Transaction

    package func begin() throws(StorageFault) {
        if connection?.isAlive != true { try reconnect() }
        try alive().send("BEGIN ISOLATION LEVEL READ COMMITTED")
    }

    /// With the COMMIT everything is sent that was not yet. Once it may have reached the server, only the server knows.
    package func commit() throws(StorageFault) {
        let connection = try alive()
        do throws(StorageFault) {
            try connection.send("COMMIT")
            guard try connection.finish().last?.commandTag == "COMMIT" else {
                throw StorageFault.postgres(state: "25P02", message: "the transaction had failed before its commit")
            }
        } catch .connectionLost(let sentence) {
            throw .outcomeUnknown(sentence)
        }
    }

    package func rollback() {
        guard let connection, connection.isAlive else { return }
        // What was sent and not read yet first. An error there, or a connection that ends, rolls back as well.
        _ = try? connection.finish()
        if connection.isAlive, connection.isInTransaction { _ = try? connection.run("ROLLBACK") }
    }

    package func tidy() throws(StorageFault) {
        if let connection, connection.isAlive, !connection.hasWork { try statistics.tellPlanner(on: connection) }
    }

    // MARK: Head

    /// A statement of its own, finished before anything else is read: what is read then is what the last holder committed.
    package func lockHead(of book: BookID) throws -> Head? {
        try alive().run(PostgresSchema.lockHead, PostgresParameters([.integer(book.rawValue)])).head
    }

    package func insertHead(_ head: Head) throws { try send(head, PostgresSchema.insertHead) }
    package func updateHead(_ head: Head) throws { try send(head, PostgresSchema.updateHead) }

    private func send(_ head: Head, _ sql: String) throws(StorageFault) {
        let parameters = PostgresParameters(scalars: 9)
        var values = parameters.writer()
        StorageSchema.write(head, to: &values)
        try alive().send(sql, parameters)
    }

    // MARK: Rows

    package func read(
        _ table: any TableDescription, by lookUp: LookUp, count: Int, book: BookID, bind: RowBinding,
        take: (inout ColumnReader) throws -> Void
    ) throws {
        try alive().read(table, by: lookUp, count: count, book: book, bind: bind, take: take)
    }

    package func insert(_ table: any TableDescription, count: Int, book: BookID, bind: RowBinding) throws {
        try send(statements(for: table).insert, count: count, book: book, bind: bind)
        statistics.noteInserted(count, into: table)
    }

    package func update(_ table: any TableDescription, count: Int, book: BookID, bind: RowBinding) throws {
        try send(statements(for: table).update, count: count, book: book, bind: bind)
    }

    package func delete(_ table: any TableDescription, count: Int, book: BookID, bind: RowBinding) throws {
        try send(statements(for: table).delete, count: count, book: book, bind: bind)
    }

    private func send(_ statement: PostgresStatement, count: Int, book: BookID, bind: RowBinding) throws {
        statement.bind(book, count: count, bind)
        try alive().send(statement.sql, statement.parameters)
    }

    // MARK: Log

    package func event(at sequence: Int64, book: BookID) throws -> [UInt8]? {
        var bytes: [UInt8]?
        try alive().query(StorageSchema.selectEvent, [.integer(book.rawValue), .integer(sequence)]) {
            bytes = $0.bytes()
        }
        return bytes
    }

    package func append(_ entries: LogEntries, firstSequence: Int64, book: BookID) throws {
        var sequence = firstSequence
        insertEvent.begin(book)
        entries.forEach { bytes in
            var columns = insertEvent.row
            columns.integer(sequence)
            columns.bytes(raw: bytes)
            sequence += 1
        }
        try alive().send(insertEvent.sql, insertEvent.parameters)
    }

    package func write(_ tiles: [LogTile], book: BookID) throws {
        guard !tiles.isEmpty else { return }
        insertTile.bind(book, count: tiles.count) { index, columns in
            columns.integer(tiles[index].level)
            columns.integer(tiles[index].index)
            columns.bytes(tiles[index].hashes)
        }
        try alive().send(insertTile.sql, insertTile.parameters)
    }

    // MARK: Statements of each table

    private struct TableStatements {
        let insert: PostgresStatement
        let update: PostgresStatement
        let delete: PostgresStatement
    }

    private func statements(for table: any TableDescription) -> TableStatements {
        while statements.count <= table.ordinal.index { statements.append(nil) }
        if let known = statements[table.ordinal.index] { return known }
        let kinds = table.columns.map(\.kind)
        let made = TableStatements(
            insert: PostgresStatement(PostgresText.insert(table), scalars: 1, arrays: kinds),
            update: PostgresStatement(PostgresText.update(table), scalars: 1, arrays: kinds),
            delete: PostgresStatement(
                PostgresText.delete(table), scalars: 1, arrays: Array(kinds.prefix(table.keyColumnCount))))
        statements[table.ordinal.index] = made
        return made
    }
}
