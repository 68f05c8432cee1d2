import Storage

/// A connection that does one thing wrong, now and then: what a fault of the engine, of SQLite or of a disk could be.
final class WrongConnection: WriterConnection {
    enum Fault: String, CaseIterable, Sendable {
        case commitDroppedAndConfirmed = "says it has committed, and has not"
        case idempotencyRowLost = "loses an idempotency key"
        case eventLost = "loses an event"
        case commandUpdateLost = "loses that a provider command was claimed"
    }

    private let inner: any WriterConnection
    private let fault: Fault
    private var count = 0

    init(_ inner: any WriterConnection, _ fault: Fault) {
        self.inner = inner
        self.fault = fault
    }

    /// Every so many times that it could.
    private func isWrong(_ fault: Fault, every period: Int) -> Bool {
        guard fault == self.fault else { return false }
        count += 1
        return count % period == 0
    }

    func begin() throws(StorageFault) { try inner.begin() }

    func commit() throws(StorageFault) {
        if isWrong(.commitDroppedAndConfirmed, every: 40) { inner.rollback() } else { try inner.commit() }
    }

    func rollback() { inner.rollback() }

    var runs: Runs? { inner.runs }

    func reconnect() throws(StorageFault) { try inner.reconnect() }
    func tidy() throws(StorageFault) { try inner.tidy() }
    func lockHead(of book: BookID) throws -> Head? { try inner.lockHead(of: book) }
    func insertHead(_ head: Head) throws { try inner.insertHead(head) }
    func updateHead(_ head: Head) throws { try inner.updateHead(head) }

    func read(
        _ table: any TableDescription, by lookUp: LookUp, count: Int, book: BookID, bind: RowBinding,
        take: (inout ColumnReader) throws -> Void
    ) throws {
        try inner.read(table, by: lookUp, count: count, book: book, bind: bind, take: take)
    }

    func insert(_ table: any TableDescription, count: Int, book: BookID, bind: RowBinding) throws {
        if table.name == "idempotency", isWrong(.idempotencyRowLost, every: 1) { return }
        try inner.insert(table, count: count, book: book, bind: bind)
    }

    func update(_ table: any TableDescription, count: Int, book: BookID, bind: RowBinding) throws {
        if table.name == "provider_command", isWrong(.commandUpdateLost, every: 5) { return }
        try inner.update(table, count: count, book: book, bind: bind)
    }

    func delete(_ table: any TableDescription, count: Int, book: BookID, bind: RowBinding) throws {
        try inner.delete(table, count: count, book: book, bind: bind)
    }

    var takesOneBook: Bool { inner.takesOneBook }
    func event(at sequence: Int64, book: BookID) throws -> [UInt8]? { try inner.event(at: sequence, book: book) }
    func append(_ entries: LogEntries, firstSequence: Int64, book: BookID) throws {
        if isWrong(.eventLost, every: 100) { return }
        try inner.append(entries, firstSequence: firstSequence, book: book)
    }

    func write(_ tiles: [LogTile], book: BookID) throws { try inner.write(tiles, book: book) }
}
