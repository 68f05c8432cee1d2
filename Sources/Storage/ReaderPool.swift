import Synchronization

/// Read-only connections to a SQLite file, each lent to one reader at a time.
final class ReaderPool: Sendable {
    private let path: String
    private let idle: Mutex<[SQLiteConnection]>
    private let returned = ThreadSignal()
    private let lentCount: Mutex<Int>
    private let countMax: Int

    init(path: String, countMax: Int = 8) {
        self.path = path
        self.countMax = countMax
        idle = Mutex([])
        lentCount = Mutex(0)
    }

    /// Runs the body on a snapshot of one book. Throws `unknownBook` where there is none.
    func read<T>(_ book: BookID, _ body: (Rows) throws -> T) throws -> T {
        try withConnection { connection in
            try connection.execute("BEGIN")
            defer { _ = try? connection.execute("COMMIT") }
            guard let head = try connection.head(of: book) else { throw StorageFault.unknownBook(book) }
            return try body(Rows(connection, head: head))
        }
    }

    func heads() throws -> [Head] {
        try withConnection { try $0.heads() }
    }

    /// Lends a connection to the body, waiting while all of them are lent.
    private func withConnection<T>(_ body: (SQLiteConnection) throws -> T) throws -> T {
        returned.withLock {
            while lentCount.withLock({ $0 == countMax }) { returned.wait() }
            lentCount.withLock { $0 += 1 }
        }
        defer {
            returned.withLock {
                lentCount.withLock { $0 -= 1 }
                returned.call()
            }
        }
        let lent = idle.withLock { $0.popLast() }
        let connection = try lent ?? open()
        defer { idle.withLock { $0.append(connection) } }
        return try body(connection)
    }

    private func open() throws(StorageFault) -> SQLiteConnection {
        let connection = try SQLiteConnection(path: path, access: .readOnly)
        try connection.execute("PRAGMA query_only = ON; PRAGMA cache_size = -8192; PRAGMA mmap_size = 268435456")
        return connection
    }
}
