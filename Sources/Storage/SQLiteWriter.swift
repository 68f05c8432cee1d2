/// The one connection that writes a SQLite file and makes all its checkpoints.
///
/// SQLite before 3.51.3 can lose a commit when one connection resets the write-ahead log while another commits; with a
/// single connection doing both, and every other one read-only, that cannot happen.
package final class SQLiteWriter: WriterConnection {
    private let connection: SQLiteConnection
    private let writeAheadLog: WriteAheadLog
    private var statements: [Int: TableStatements] = [:]

    /// - Parameter pagesPerCheckpoint: How far the write-ahead log may grow before a part is carried over.
    package init(path: String, pagesPerCheckpoint: Int32 = 2_000) throws(StorageFault) {
        connection = try SQLiteConnection(path: path, access: .readWrite)
        try SQLiteDurability.demand(of: connection)
        writeAheadLog = WriteAheadLog(of: connection, pagesPerCheckpoint: pagesPerCheckpoint)
    }

    /// For migrations, before the engine takes the connection.
    package var rawConnection: SQLiteConnection { connection }

    // MARK: Transaction

    package func begin() throws(StorageFault) {
        try connection.statement("BEGIN IMMEDIATE").run()
    }

    package func commit() throws(StorageFault) {
        do { try connection.statement("COMMIT").run() } catch {
            // Where the transaction is still open it was not committed. Where it is not, SQLite has rolled it back in
            // memory; the disk lacks it for certain only when there was no room to write it.
            if connection.isInTransaction { throw error }
            if case .diskFull = error { throw error }
            throw .notDurable("\(error)")
        }
    }

    package func rollback() {
        guard connection.isInTransaction else { return }
        // SQLite rolls back on its own where it must; a failure here means just that.
        _ = try? connection.statement("ROLLBACK").run()
    }

    package func tidy() throws(StorageFault) {
        try writeAheadLog.carryOver()
    }

    // MARK: Head

    package func lockHead(of book: BookID) throws -> Head? {
        try connection.head(of: book)
    }

    package func insertHead(_ head: Head) throws {
        let statement = try connection.statement(StorageSchema.insertHead)
        StorageSchema.bind(head, to: statement)
        try statement.run()
    }

    package func updateHead(_ head: Head) throws {
        let statement = try connection.statement(StorageSchema.updateHead)
        StorageSchema.bind(head, to: statement)
        try statement.run()
    }

    // MARK: Rows

    package func load<R: Row>(_ type: R.Type, keys: [R.Key], book: BookID) throws -> [StoredRow<R>] {
        let statement = try statements(for: R.table).find
        var rows: [StoredRow<R>] = []
        rows.reserveCapacity(keys.count)
        for key in keys {
            try connection.read(R.self, with: statement, book: book, value: key) { rows.append($0) }
        }
        return rows
    }

    package func load<R: Row, Value: RowKey>(
        _ type: R.Type, where columns: [String], are values: [Value], book: BookID
    ) throws -> [StoredRow<R>] {
        let statement = try connection.statement(SQLiteText.select(R.table, where: columns))
        var rows: [StoredRow<R>] = []
        for value in values {
            try connection.read(R.self, with: statement, book: book, value: value) { rows.append($0) }
        }
        return rows
    }

    package func insert<R: Row>(_ rows: [R], book: BookID) throws -> [Int] {
        try write(rows, with: statements(for: R.table).insert, book: book)
    }

    package func update<R: Row>(_ rows: [R], book: BookID) throws -> [Int] {
        try write(rows, with: statements(for: R.table).update, book: book)
    }

    private func write<R: Row>(_ rows: [R], with statement: SQLiteStatement, book: BookID) throws -> [Int] {
        var heapBytes: [Int] = []
        heapBytes.reserveCapacity(rows.count)
        for row in rows {
            var columns = statement.parameters
            columns.integer(book.rawValue)
            row.write(to: &columns)
            statement.checkBound(columns)
            try statement.run()
            heapBytes.append(columns.heapBytes)
        }
        return heapBytes
    }

    package func delete<R: Row>(_ type: R.Type, keys: [R.Key], book: BookID) throws {
        let statement = try connection.statement(SQLiteText.delete(R.table))
        for key in keys {
            var columns = statement.parameters
            columns.integer(book.rawValue)
            key.write(to: &columns)
            statement.checkBound(columns)
            try statement.run()
        }
    }

    // MARK: Log

    package func append(_ entries: LogEntries, firstSequence: Int64, book: BookID) throws {
        let statement = try connection.statement(StorageSchema.insertEvent)
        var sequence = firstSequence
        try entries.forEach { bytes in
            var columns = statement.parameters
            columns.integer(book.rawValue)
            columns.integer(sequence)
            columns.bytes(raw: bytes)
            try statement.run()
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
            try statement.run()
        }
    }

    // MARK: Statements of each table, prepared once

    private struct TableStatements {
        let find: SQLiteStatement
        let insert: SQLiteStatement
        let update: SQLiteStatement
    }

    private func statements(for table: any TableDescription) throws -> TableStatements {
        if let known = statements[table.ordinal.index] { return known }
        let prepared = TableStatements(
            find: try connection.statement(SQLiteText.select(table, where: table.keyColumns)),
            insert: try connection.statement(SQLiteText.insert(table)),
            update: try connection.statement(SQLiteText.update(table)))
        statements[table.ordinal.index] = prepared
        return prepared
    }
}
