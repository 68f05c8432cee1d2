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
        _ type: R.Type, with statement: SQLiteStatement, book: BookID, value: some RowKey, body: (R) throws -> Void
    ) throws {
        defer { statement.reset() }
        var parameters = statement.parameters
        parameters.integer(book.rawValue)
        value.write(to: &parameters)
        while try statement.step() {
            var columns = statement.columns
            try body(SQLiteConnection.row(R.self, from: &columns))
        }
    }

    static func row<R: Row>(_ type: R.Type, from columns: inout ColumnReader) throws -> R {
        do { return try R(from: &columns) } catch let fault as StorageFault {
            throw fault
        } catch {
            throw StorageFault.unreadableRow(table: R.table.name, cause: "\(error)")
        }
    }
}

extension StorageFault {
    /// The same fault under its own name where it has one.
    var named: StorageFault {
        guard case .sqlite(let code, let message) = self else { return self }
        switch code & 0xFF {
        case 13: return .diskFull
        // A write or sync that the device refused: SQLite has rolled back in memory, the disk may hold anything.
        case 10: return .notDurable(message)
        case 11, 26: return .notDurable(message)
        default: return self
        }
    }
}
