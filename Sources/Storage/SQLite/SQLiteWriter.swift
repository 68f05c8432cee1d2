/// The one connection that writes a SQLite file and makes all its checkpoints.
///
/// SQLite before 3.51.3 can lose a commit when one connection resets the write-ahead log while another commits; with a
/// single connection doing both, and every other one read-only, that cannot happen.
package final class SQLiteWriter: WriterConnection {
    private let connection: SQLiteConnection
    private let writeAheadLog: WriteAheadLog
    package private(set) var runs: Runs?
    /// By the tables' ordinals.
    private var statements: [TableStatements?] = []

    /// - Parameter pagesPerCheckpoint: How far the write-ahead log may grow before a part is carried over.
    package init(path: String, pagesPerCheckpoint: Int32 = 4_000) throws(StorageFault) {
        connection = try SQLiteConnection(path: path, access: .readWrite)
        try SQLiteDurability.demand(of: connection)
        writeAheadLog = WriteAheadLog(of: connection, pagesPerCheckpoint: pagesPerCheckpoint)
    }

    /// For migrations, before the engine takes the connection.
    package var rawConnection: SQLiteConnection { connection }

    package var takesOneBook: Bool { false }

    /// Has runs answer for the keys that tables declare so, before the engine takes the connection.
    /// - Throws: `StorageFault.cannotOpen` when they can be neither opened nor made anew.
    func openRuns(
        of tables: [any TableDescription], in directory: String, seed: UInt64, rowsPerRun: Int, usesOwnThread: Bool
    ) throws(StorageFault) {
        do {
            runs = try Runs(
                of: tables, on: self, directory: directory, seed: seed, rowsPerRun: rowsPerRun,
                usesOwnThread: usesOwnThread)
        } catch {
            throw .cannotOpen("the runs of \(directory) cannot be opened: \(error)")
        }
    }

    // MARK: Transaction

    package func begin() throws(StorageFault) {
        try connection.statement("BEGIN IMMEDIATE").run()
    }

    package func commit() throws(StorageFault) {
        do {
            try connection.statement("COMMIT").run()
            runs?.settle()
        } catch {
            // Where the transaction is still open it was not committed. Where it is not, SQLite has rolled it back in
            // memory; the disk lacks it for certain only when there was no room to write it.
            if connection.isInTransaction { throw error }
            if case .diskFull = error { throw error }
            throw .notDurable("\(error)")
        }
    }

    package func rollback() {
        runs?.abandon()
        guard connection.isInTransaction else { return }
        // SQLite rolls back on its own where it must; a failure here means just that.
        _ = try? connection.statement("ROLLBACK").run()
    }

    /// A file has no connection to lose.
    package func reconnect() throws(StorageFault) {}

    package func tidy() throws(StorageFault) {
        try runs?.tend(on: self)
        try writeAheadLog.carryOver()
    }

    // MARK: Head

    package func lockHead(of book: BookID) throws -> Head? {
        try connection.head(of: book)
    }

    package func insertHead(_ head: Head) throws {
        try run(StorageSchema.insertHead, head)
    }

    package func updateHead(_ head: Head) throws {
        try run(StorageSchema.updateHead, head)
    }

    private func run(_ sql: String, _ head: Head) throws {
        let statement = try connection.statement(sql)
        var columns = statement.parameters
        StorageSchema.write(head, to: &columns)
        statement.checkBound(columns)
        try statement.changeOne()
    }

    // MARK: Rows

    package func read(
        _ table: any TableDescription, by lookUp: LookUp, count: Int, book: BookID, bind: RowBinding,
        take: (inout ColumnReader) throws -> Void
    ) throws {
        try connection.read(table, by: lookUp, count: count, book: book, bind: bind, take: take)
    }

    package func insert(_ table: any TableDescription, count: Int, book: BookID, bind: RowBinding) throws {
        try run(statements(for: table).insert, count: count, book: book, bind: bind)
    }

    package func update(_ table: any TableDescription, count: Int, book: BookID, bind: RowBinding) throws {
        try run(statements(for: table).update, count: count, book: book, bind: bind)
    }

    package func delete(_ table: any TableDescription, count: Int, book: BookID, bind: RowBinding) throws {
        try run(connection.statement(SQLiteText.delete(table)), count: count, book: book, bind: bind)
    }

    private func run(_ statement: SQLiteStatement, count: Int, book: BookID, bind: RowBinding) throws {
        for index in 0..<count {
            var columns = statement.parameters
            columns.integer(book.rawValue)
            bind(index, &columns)
            statement.checkBound(columns)
            try statement.changeOne()
        }
    }

    // MARK: Log

    package func event(at sequence: Int64, book: BookID) throws -> [UInt8]? {
        var bytes: [UInt8]?
        try connection.query(StorageSchema.selectEvent, [.integer(book.rawValue), .integer(sequence)]) {
            bytes = $0.bytes()
        }
        return bytes
    }

    package func append(_ entries: LogEntries, firstSequence: Int64, book: BookID) throws {
        let statement = try connection.statement(StorageSchema.insertEvent)
        var sequence = firstSequence
        try entries.forEach { bytes in
            var columns = statement.parameters
            columns.integer(book.rawValue)
            columns.integer(sequence)
            columns.bytes(raw: bytes)
            try statement.changeOne()
            sequence += 1
        }
    }

    package func write(_ tiles: [LogTile], book: BookID) throws {
        let statement = try connection.statement(StorageSchema.insertTile)
        for tile in tiles {
            var columns = statement.parameters
            columns.integer(book.rawValue)
            columns.integer(tile.level)
            columns.integer(tile.index)
            columns.bytes(tile.hashes)
            try statement.changeOne()
        }
    }

    // MARK: Statements of each table, prepared once

    private struct TableStatements {
        let insert: SQLiteStatement
        let update: SQLiteStatement
    }

    private func statements(for table: any TableDescription) throws -> TableStatements {
        while statements.count <= table.ordinal.index { statements.append(nil) }
        if let known = statements[table.ordinal.index] { return known }
        let prepared = TableStatements(
            insert: try connection.statement(SQLiteText.insert(table)),
            update: try connection.statement(SQLiteText.update(table)))
        statements[table.ordinal.index] = prepared
        return prepared
    }
}
