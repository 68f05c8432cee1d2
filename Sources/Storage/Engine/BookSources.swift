/// Books as the writing connection has them: in a transaction that this begins, with their heads locked.
final class LockedBooks: BookSource {
    private let connection: any WriterConnection
    private(set) var heads: [BookID: Head] = [:]

    init(_ connection: any WriterConnection) throws(StorageFault) {
        self.connection = connection
        try connection.begin()
    }

    var rows: any RowSource { connection }
    var runs: Runs? { connection.runs }

    func head(of book: BookID) throws -> Head? {
        let head = try connection.lockHead(of: book)
        heads[book] = head
        return head
    }
}

/// Books as they will be when the batch that is being committed has been. Its changes are in memory; all else is read in snapshots,
/// which show that batch either whole or not at all.
///
/// Whoever else writes to such a book in the meantime is noticed: by a snapshot that shows neither, or at the latest when the head
/// is locked. What the bodies did is dropped then.
final class BooksAhead: BookSource, RowSource {
    private let open: () throws(StorageFault) -> any ReaderConnection
    private var reader: (any ReaderConnection)?
    let runs: Runs?
    /// What a snapshot may show of each book; the last is what bodies find.
    private var heads: [BookID: [Head]] = [:]

    init(runs: Runs?, open: @escaping () throws(StorageFault) -> any ReaderConnection) {
        self.runs = runs
        self.open = open
    }

    /// From here on bodies run ahead of this commit.
    func follow(_ commit: Commit) {
        heads = [:]
        for changes in commit.books { heads[changes.book] = [changes.base, changes.head] }
    }

    var rows: any RowSource { self }

    func head(of book: BookID) throws -> Head? {
        if let known = heads[book]?.last { return known }
        let head = try inSnapshot { try $0.head(of: book) }
        if let head { heads[book] = [head] }
        return head
    }

    func read(
        _ table: any TableDescription, by lookUp: LookUp, count: Int, book: BookID, bind: RowBinding,
        take: (inout ColumnReader) throws -> Void
    ) throws {
        try inSnapshot { reader in
            guard let shown = try reader.head(of: book), heads[book]?.contains(where: shown.isSameState) == true else {
                throw StorageFault.contention("another process has written to book \(book.rawValue)")
            }
            try reader.read(table, by: lookUp, count: count, book: book, bind: bind, take: take)
        }
    }

    /// Each look-up in a snapshot of its own: one that stayed open would keep SQLite from ever resetting its log.
    private func inSnapshot<T>(_ body: (any ReaderConnection) throws -> T) throws -> T {
        let reader = try reader ?? open()
        self.reader = nil
        try reader.beginSnapshot()
        defer { if reader.endSnapshot() { self.reader = reader } }
        return try body(reader)
    }
}

/// What bodies need to run while the batch before theirs is being committed.
package struct RunningAhead {
    let books: BooksAhead
    let commits: any CommitRunner

    package init(
        _ commits: any CommitRunner, runs: Runs?,
        openReader: @escaping () throws(StorageFault) -> any ReaderConnection
    ) {
        books = BooksAhead(runs: runs, open: openReader)
        self.commits = commits
    }
}
