import Storage

/// The edge of the engine: the real connection, counting what passes and failing when told to.
final class WatchedConnection: WriterConnection {
    private let real: any WriterConnection
    private(set) var commits = 0
    private(set) var statementsOfLoading = 0
    private(set) var loadedKeys = 0
    /// Thrown once in place of the next commit, before or after it has really happened.
    var faultBeforeCommit: StorageFault?
    var faultAfterCommit: StorageFault?
    var faultOfTidying: StorageFault?
    var faultOfLocking: StorageFault?
    /// True for a fault of every locking, not only of the next.
    var keepsFaultOfLocking = false
    /// Called before each commit.
    var beforeCommit: (() -> Void)?
    /// Called when the next commit has happened and nobody knows yet.
    var betweenCommitAndAnswer: (() -> Void)?
    /// Called once the connection has been given up, and before the next is made.
    var beforeReconnecting: (() -> Void)?

    init(_ real: any WriterConnection) {
        self.real = real
    }

    /// The connection to a SQLite file, for tests of what only a file does.
    var file: SQLiteConnection? { (real as? SQLiteWriter)?.rawConnection }

    var takesOneBook: Bool { real.takesOneBook }
    var runs: Runs? { real.runs }

    func reconnect() throws(StorageFault) {
        try real.reconnect()
        if let others = beforeReconnecting.take() {
            others()
        }
    }
    func begin() throws(StorageFault) { try real.begin() }
    func rollback() { real.rollback() }

    func commit() throws(StorageFault) {
        commits += 1
        beforeCommit?()
        if let fault = faultBeforeCommit.take() { throw fault }
        try real.commit()
        betweenCommitAndAnswer.take()?()
        if let fault = faultAfterCommit.take() { throw fault }
    }

    func tidy() throws(StorageFault) {
        if let fault = faultOfTidying.take() { throw fault }
        try real.tidy()
    }

    func lockHead(of book: BookID) throws -> Head? {
        if keepsFaultOfLocking, let fault = faultOfLocking { throw fault }
        if let fault = faultOfLocking.take() { throw fault }
        return try real.lockHead(of: book)
    }

    func insertHead(_ head: Head) throws { try real.insertHead(head) }
    func updateHead(_ head: Head) throws { try real.updateHead(head) }

    func read(
        _ table: any TableDescription, by lookUp: LookUp, count: Int, book: BookID, bind: RowBinding,
        take: (inout ColumnReader) throws -> Void
    ) throws {
        statementsOfLoading += 1
        loadedKeys += count
        try real.read(table, by: lookUp, count: count, book: book, bind: bind, take: take)
    }

    func insert(_ table: any TableDescription, count: Int, book: BookID, bind: RowBinding) throws {
        try real.insert(table, count: count, book: book, bind: bind)
    }

    func update(_ table: any TableDescription, count: Int, book: BookID, bind: RowBinding) throws {
        try real.update(table, count: count, book: book, bind: bind)
    }

    func delete(_ table: any TableDescription, count: Int, book: BookID, bind: RowBinding) throws {
        try real.delete(table, count: count, book: book, bind: bind)
    }

    func event(at sequence: Int64, book: BookID) throws -> [UInt8]? { try real.event(at: sequence, book: book) }
    func append(_ entries: LogEntries, firstSequence: Int64, book: BookID) throws {
        try real.append(entries, firstSequence: firstSequence, book: book)
    }
    func write(_ tiles: [LogTile], book: BookID) throws { try real.write(tiles, book: book) }
}
