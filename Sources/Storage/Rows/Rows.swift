import Glibc

/// A book as one reader sees it: a snapshot, which tells the sequence it is as of.
package struct Rows {
    private let connection: any ReaderConnection
    package let head: Head
    /// What finds rows by keys declared in runs. Where it is missing, as for whoever looks at a file from outside, the table
    /// itself is searched: slowly where SQLite has no index of them.
    let runs: Runs?

    init(_ connection: any ReaderConnection, head: Head, runs: Runs? = nil) {
        self.connection = connection
        self.head = head
        self.runs = runs
    }

    package var book: BookID { head.book }
    /// The sequence of the last event this snapshot shows.
    package var asOf: Int64 { head.sequence }

    /// The row of this primary key.
    package func find<R: Row>(_ type: R.Type, _ key: R.Key) throws -> R? {
        try select(R.self, by: R.table.keyLookUp, key).first
    }

    /// The row of this unique key.
    package func find<R: Row, Value: RowKey>(_ key: UniqueKey<R, Value>, _ value: Value) throws -> R? {
        if let hash = key.hash, let runs = runs?.of(R.self) {
            return try find(key, value, hash(value, runs.hashStart(of: book)), in: runs)
        }
        return try select(R.self, by: key.lookUp, value).first
    }

    /// All rows of this group, in the order of their primary keys.
    package func group<R: Row, Value: RowKey>(_ key: GroupKey<R, Value>, _ value: Value) throws -> [R] {
        try select(R.self, by: key.lookUp, value).sorted { $0.key < $1.key }
    }

    /// Rows of a table that meet a condition in SQL, whose parameters begin at `?2`; `?1` is the book.
    /// - Parameter rest: What follows `WHERE book = ?1 AND`, with order and limit.
    package func select<R: Row>(_ type: R.Type, _ rest: String, _ values: [ColumnValue] = []) throws -> [R] {
        var rows: [R] = []
        let text = "SELECT \(R.table.columnList) FROM \(R.table.name) WHERE book = ?1 AND \(rest)"
        try query(text, values) { rows.append(try StoredRow(from: &$0).row) }
        return rows
    }

    /// A query of any shape over this book. The text binds the book as `?1`; further values follow.
    package func query(_ sql: String, _ values: [ColumnValue] = [], each body: (inout ColumnReader) throws -> Void)
        throws
    {
        precondition(Self.namesBook(sql), "a query names its book")
        if connection.deadline?.hasPassed == true { throw StorageFault.readTooLong }
        try connection.query(sql, [.integer(book.rawValue)] + values, each: body)
    }

    /// By bytes: looked for in a string as people read it, this cost more than most queries do.
    private static func namesBook(_ sql: String) -> Bool {
        var sql = sql
        return sql.withUTF8 { text in
            let wanted = bookCondition
            return text.indices.dropLast(wanted.utf8CodeUnitCount - 1).contains { start in
                memcmp(text.baseAddress.unsafelyUnwrapped + start, wanted.utf8Start, wanted.utf8CodeUnitCount) == 0
            }
        }
    }

    private static let bookCondition: StaticString = "book = ?1"

    private func select<R: Row>(_ type: R.Type, by lookUp: LookUp, _ value: some RowKey) throws -> [R] {
        if connection.deadline?.hasPassed == true { throw StorageFault.readTooLong }
        var rows: [R] = []
        try connection.read(R.table, by: lookUp, count: 1, book: book) {
            value.write(to: &$1)
        } take: {
            rows.append(try StoredRow(from: &$0).row)
        }
        return rows
    }

    // MARK: The log

    /// The exact bytes of the event at a sequence.
    package func event(at sequence: Int64) throws -> [UInt8]? {
        var bytes: [UInt8]?
        try query(StorageSchema.selectEvent, [.integer(sequence)]) {
            bytes = $0.bytes()
        }
        return bytes
    }

    /// Events after a sequence in order, at most `limit`. The buffer lives as long as the call.
    package func events(
        after sequence: Int64, limit: Int, each body: (Int64, UnsafeRawBufferPointer) throws -> Void
    ) throws {
        let text = "SELECT sequence, bytes FROM event WHERE book = ?1 AND sequence > ?2 ORDER BY sequence LIMIT ?3"
        try query(text, [.integer(sequence), .integer(Int64(limit))]) { columns in
            let sequence = columns.integer()
            try columns.withBytes { bytes in Result { try body(sequence, bytes) } }.get()
        }
    }

    package func tile(level: Int64, index: Int64) throws -> [UInt8]? {
        var hashes: [UInt8]?
        let text = "SELECT hashes FROM tile WHERE book = ?1 AND level = ?2 AND tile_index = ?3"
        try query(text, [.integer(level), .integer(index)]) { hashes = $0.bytes() }
        return hashes
    }

    /// A page of a table in the order of its key, as plain values, for comparing two databases.
    /// - Parameter key: The key of the last row of the page before; empty for the first page.
    package func page(
        of table: any TableDescription, after key: [ColumnValue], limit: Int
    ) throws -> [[ColumnValue]] {
        let columns = table.keyColumns.joined(separator: ", ")
        let places = (0..<key.count).map { "?\($0 + 2)" }.joined(separator: ", ")
        let condition = key.isEmpty ? "" : " AND (\(columns)) > (\(places))"
        let text = """
            SELECT \(table.columnList) FROM \(table.name) WHERE book = ?1\(condition) ORDER BY \(columns) LIMIT \(limit)
            """
        var rows: [[ColumnValue]] = []
        try query(text, key) { columns in rows.append(table.columns.map { _ in columns.value() }) }
        return rows
    }
}
