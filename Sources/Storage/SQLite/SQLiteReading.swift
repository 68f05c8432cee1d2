import CSQLite

extension SQLiteConnection: ReaderConnection {
    package func beginSnapshot() throws {
        try execute("BEGIN")
    }

    package func endSnapshot() -> Bool {
        if isInTransaction { _ = try? execute("ROLLBACK") }
        return !isInTransaction
    }

    /// The book's head as this connection's transaction sees it.
    package func head(of book: BookID) throws -> Head? {
        let statement = try statement(StorageSchema.selectHead)
        defer { statement.reset() }
        var parameters = statement.parameters
        parameters.integer(book.rawValue)
        guard try statement.step() else { return nil }
        var columns = statement.columns
        return StorageSchema.head(from: &columns)
    }

    /// The heads of all books, in order of their numbers.
    package func heads() throws -> [Head] {
        let statement = try statement(StorageSchema.selectHeads)
        defer { statement.reset() }
        var heads: [Head] = []
        while try statement.step() {
            var columns = statement.columns
            heads.append(StorageSchema.head(from: &columns))
        }
        return heads
    }

    /// Looks rows of a table up by each of so many values, and hands over their columns.
    package func read(
        _ table: any TableDescription, by lookUp: LookUp, count: Int, book: BookID, bind: RowBinding,
        take: (inout ColumnReader) throws -> Void
    ) throws {
        let statement = try statement(lookUp, of: table)
        defer { statement.reset() }
        for index in 0..<count {
            statement.rewind()
            var parameters = statement.parameters
            parameters.integer(book.rawValue)
            bind(index, &parameters)
            statement.checkBound(parameters)
            while try statement.step() {
                var columns = statement.columns
                try take(&columns)
            }
        }
    }

    /// Pages that are not what others say they are, and indexes that have not the rows of their tables. A page that went back
    /// to what it was before (a write that the disk lost) is mostly found here: an index misleads whoever looks a key up, and
    /// nobody who reads the table.
    package func damages() throws -> [String] {
        var damages: [String] = []
        try query("PRAGMA integrity_check", []) { damages.append($0.text()) }
        return damages == ["ok"] ? [] : damages
    }

    package func query(
        _ sql: String, _ values: [ColumnValue], each body: (inout ColumnReader) throws -> Void
    ) throws {
        let statement = try statement(sql)
        defer { statement.reset() }
        var parameters = statement.parameters
        for value in values { value.write(to: &parameters) }
        statement.checkBound(parameters)
        while try statement.step() {
            var columns = statement.columns
            try body(&columns)
        }
    }
}

extension StoredRow {
    /// Reads a row from a table's columns.
    /// - Throws: `StorageFault.unreadableRow` when they hold what the row's type cannot be.
    init(from columns: inout ColumnReader) throws {
        do { row = try R(from: &columns) } catch let fault as StorageFault { throw fault } catch {
            throw StorageFault.unreadableRow(table: R.table.name, cause: "\(error)")
        }
        precondition(columns.count == R.table.columns.count, "\(R.table.name): a row reads all of its columns")
        heapBytes = columns.heapBytes
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
