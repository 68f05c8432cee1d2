/// Connections that read, each lent to one reader at a time.
final class ReaderPool: @unchecked Sendable {
    private let store: any Store
    private let countMax: Int
    private let spanMax: Instant.Span
    private let returned = ThreadSignal()
    private var idle: [any ReaderConnection] = []
    private var lentCount = 0

    /// - Parameters:
    ///   - countMax: Connections lent at a time; the next reader's thread waits, at most as long as a read may take.
    ///   - spanMax: How long one read may hold its snapshot: while it does, the database keeps
    ///     what is older.
    init(_ store: any Store, countMax: Int, spanMax: Instant.Span) {
        self.store = store
        self.countMax = countMax
        self.spanMax = spanMax
    }

    /// Runs the body on a snapshot of one book. Throws `unknownBook` where there is none, `readTooLong` when the body's
    /// queries go on for longer than a snapshot may live.
    func read<T>(_ book: BookID, _ body: (Rows) throws -> T) throws -> T {
        try withConnection { connection in
            connection.deadline = Deadline(after: spanMax)
            defer { connection.deadline = nil }
            try connection.beginSnapshot()
            guard let head = try connection.head(of: book) else { throw StorageFault.unknownBook(book) }
            return try body(Rows(connection, head: head, runs: store.runs))
        }
    }

    func heads() throws -> [Head] {
        try withConnection { try $0.heads() }
    }

    /// Lends a connection to the body, waiting while all of them are lent. Throws `overloaded` after a read's whole time.
    private func withConnection<T>(_ body: (any ReaderConnection) throws -> T) throws -> T {
        let lent = try lend()
        var connection = lent
        defer { takeBack(connection) }
        let opened = try lent ?? store.openReader(spanMax: spanMax)
        connection = opened
        return try body(opened)
    }

    /// An idle connection, or nil where one is to be opened. Whoever waits is served when those before have had their
    /// whole time: later than that only readers who wait for themselves are left.
    private func lend() throws -> (any ReaderConnection)? {
        let deadline = Deadline(after: spanMax)
        return try returned.withLock {
            while lentCount == countMax {
                if !returned.wait(until: deadline), lentCount == countMax { throw StorageFault.overloaded }
            }
            lentCount += 1
            return idle.popLast()
        }
    }

    /// Ends the snapshot. A connection that cannot end it is let go rather than lent again.
    private func takeBack(_ connection: (any ReaderConnection)?) {
        let isUsable = connection?.endSnapshot() ?? false
        returned.withLock {
            lentCount -= 1
            if let connection, isUsable { idle.append(connection) }
            returned.call()
        }
    }
}
