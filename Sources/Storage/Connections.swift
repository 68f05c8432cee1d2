/// The connection a batch is written through: one database transaction at a time, on one thread.
/// The two databases differ behind this and nowhere else.
package protocol WriterConnection: AnyObject {
    func begin() throws(StorageFault)
    /// Commits. Throws `notDurable` when the outcome on disk is unknown, anything else when nothing was committed.
    func commit() throws(StorageFault)
    func rollback()

    /// Locks the book's head row for this transaction and answers it; nil when there is no such book.
    func lockHead(of book: BookID) throws -> Head?
    func insertHead(_ head: Head) throws
    func updateHead(_ head: Head) throws

    func load<R: Row>(_ type: R.Type, keys: [R.Key], book: BookID) throws -> [StoredRow<R>]
    func load<R: Row, Value: RowKey>(_ type: R.Type, where columns: [String], are values: [Value], book: BookID) throws
        -> [StoredRow<R>]
    /// Answers for each row what its texts and byte arrays take on the heap.
    func insert<R: Row>(_ rows: [R], book: BookID) throws -> [Int]
    func update<R: Row>(_ rows: [R], book: BookID) throws -> [Int]
    func delete<R: Row>(_ type: R.Type, keys: [R.Key], book: BookID) throws

    func append(_ entries: LogEntries, firstSequence: Int64, book: BookID) throws
    func write(_ tiles: [LogTile], book: BookID) throws

    /// Work that wants no transaction, such as a checkpoint of the write-ahead log. Called between batches.
    func tidy() throws(StorageFault)
}
