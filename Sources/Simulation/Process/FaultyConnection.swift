import Storage

/// The engine's connection in a world that fails: what it is asked for may be refused, and the process may end in the middle.
///
/// A crash is the end of the process's life: the files are copied as they are at that moment, which is what a restart finds, and
/// from then on nothing this connection is asked for reaches anything.
final class FaultyConnection: WriterConnection {
    private let inner: any WriterConnection
    private let life: Life
    private let fate: Fate
    /// Called at the moment the process ends.
    private let end: (Misfortune) -> Void

    init(_ inner: any WriterConnection, life: Life, fate: Fate, end: @escaping (Misfortune) -> Void) {
        self.inner = inner
        self.life = life
        self.fate = fate
        self.end = end
    }

    // MARK: What may happen

    private func live() throws(StorageFault) {
        if life.isOver { throw .stopped }
    }

    private func crash(_ misfortune: Misfortune) -> StorageFault {
        end(misfortune)
        return .stopped
    }

    private func beforeWriting() throws(StorageFault) {
        try live()
        switch fate.strikes([.crash, .diskFull, .busy, .refusedStatement]) {
        case .crash: throw crash(.crash)
        case .diskFull: throw .diskFull
        case .busy: throw .sqlite(code: 5, message: "database is locked")
        case .refusedStatement: throw .sqlite(code: 1, message: "a statement was refused")
        default: return
        }
    }

    private func beforeReading() throws(StorageFault) {
        try live()
        if fate.strikes(.damagedRead) { throw .damaged("a page could not be read") }
        if fate.strikes(.busy) { throw .sqlite(code: 5, message: "database is locked") }
    }

    // MARK: Transaction

    var takesOneBook: Bool { inner.takesOneBook }

    func begin() throws(StorageFault) {
        try live()
        if fate.strikes(.busy) { throw .sqlite(code: 5, message: "database is locked") }
        try inner.begin()
    }

    func commit() throws(StorageFault) {
        try live()
        switch fate.strikes([.crash, .diskFull, .unknownCommitUndone, .unknownCommitDone, .crashAfterCommit]) {
        case .crash: throw crash(.crash)
        case .diskFull: throw .diskFull
        case .unknownCommitUndone: throw .notDurable("a sync failed")
        case .unknownCommitDone:
            try inner.commit()
            throw .notDurable("a sync failed")
        case .crashAfterCommit:
            try inner.commit()
            throw crash(.crashAfterCommit)
        default: try inner.commit()
        }
    }

    func rollback() { inner.rollback() }

    var runs: Runs? { inner.runs }

    func reconnect() throws(StorageFault) {
        try live()
        try inner.reconnect()
    }

    func tidy() throws(StorageFault) {
        try live()
        try inner.tidy()
    }

    // MARK: Rows

    func lockHead(of book: BookID) throws -> Head? {
        try beforeReading()
        return try inner.lockHead(of: book)
    }

    func insertHead(_ head: Head) throws {
        try beforeWriting()
        try inner.insertHead(head)
    }

    func updateHead(_ head: Head) throws {
        try beforeWriting()
        try inner.updateHead(head)
    }

    func read(
        _ table: any TableDescription, by lookUp: LookUp, count: Int, book: BookID, bind: RowBinding,
        take: (inout ColumnReader) throws -> Void
    ) throws {
        try beforeReading()
        try inner.read(table, by: lookUp, count: count, book: book, bind: bind, take: take)
    }

    func insert(_ table: any TableDescription, count: Int, book: BookID, bind: RowBinding) throws {
        try beforeWriting()
        try inner.insert(table, count: count, book: book, bind: bind)
    }

    func update(_ table: any TableDescription, count: Int, book: BookID, bind: RowBinding) throws {
        try beforeWriting()
        try inner.update(table, count: count, book: book, bind: bind)
    }

    func delete(_ table: any TableDescription, count: Int, book: BookID, bind: RowBinding) throws {
        try beforeWriting()
        try inner.delete(table, count: count, book: book, bind: bind)
    }

    func event(at sequence: Int64, book: BookID) throws -> [UInt8]? {
        try beforeReading()
        return try inner.event(at: sequence, book: book)
    }

    func append(_ entries: LogEntries, firstSequence: Int64, book: BookID) throws {
        try beforeWriting()
        try inner.append(entries, firstSequence: firstSequence, book: book)
    }

    func write(_ tiles: [LogTile], book: BookID) throws {
        try beforeWriting()
        try inner.write(tiles, book: book)
    }
}
