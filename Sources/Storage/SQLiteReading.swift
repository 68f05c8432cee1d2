import CSQLite

extension SQLiteConnection {
    /// The book's head as this connection's transaction sees it.
    func head(of book: BookID) throws -> Head? {
        let statement = try statement(StorageSchema.selectHead)
        defer { statement.reset() }
        var parameters = statement.parameters
        parameters.integer(book.rawValue)
        guard try statement.step() else { return nil }
        var columns = statement.columns
        return StorageSchema.head(from: &columns)
    }

    /// The heads of all books, in order of their numbers.
    func heads() throws -> [Head] {
        let statement = try statement(StorageSchema.selectHeads)
        defer { statement.reset() }
        var heads: [Head] = []
        while try statement.step() {
            var columns = statement.columns
            heads.append(StorageSchema.head(from: &columns))
        }
        return heads
    }

    /// Runs a statement of a table's columns with a book and a key, and hands over each row.
    func read<R: Row>(
        _ type: R.Type, with statement: SQLiteStatement, book: BookID, value: some RowKey,
        body: (StoredRow<R>) throws -> Void
    ) throws {
        defer { statement.reset() }
        var parameters = statement.parameters
        parameters.integer(book.rawValue)
        value.write(to: &parameters)
        statement.checkBound(parameters)
        while try statement.step() {
            var columns = statement.columns
            try body(SQLiteConnection.row(R.self, from: &columns))
        }
    }

    static func row<R: Row>(_ type: R.Type, from columns: inout ColumnReader) throws -> StoredRow<R> {
        do {
            let row = try R(from: &columns)
            precondition(columns.count == R.table.columns.count, "\(R.table.name): a row reads all of its columns")
            return StoredRow(row: row, heapBytes: columns.heapBytes)
        } catch let fault as StorageFault {
            throw fault
        } catch {
            throw StorageFault.unreadableRow(table: R.table.name, cause: "\(error)")
        }
    }
}

extension StorageFault {
    /// What one of SQLite's result codes means here.
    init(sqlite code: Int32, _ message: String) {
        switch code & 0xFF {
        case SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_TOOBIG: self = .constraint(message)
        case SQLITE_FULL: self = .diskFull
        case SQLITE_INTERRUPT: self = .readTooLong
        case SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_NOTADB: self = .damaged(message)
        default: self = .sqlite(code: code, message: message)
        }
    }
}
