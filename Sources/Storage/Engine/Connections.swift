/// Binds the columns of one of several rows, or of its key. The connection knows no row type: what binds it is made where
/// the type is known, so that it runs specialised.
package typealias RowBinding = (_ index: Int, _ columns: inout ColumnWriter) -> Void

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

    /// Looks rows of a table up by each of so many values, and hands over the columns of those there are.
    func load(
        _ table: any TableDescription, by lookUp: LookUp, count: Int, book: BookID, bind: RowBinding,
        take: (inout ColumnReader) throws -> Void) throws
    func insert(_ table: any TableDescription, count: Int, book: BookID, bind: RowBinding) throws
    func update(_ table: any TableDescription, count: Int, book: BookID, bind: RowBinding) throws
    /// Deletes the rows of so many primary keys.
    func delete(_ table: any TableDescription, count: Int, book: BookID, bind: RowBinding) throws

    func append(_ entries: LogEntries, firstSequence: Int64, book: BookID) throws
    func write(_ tiles: [LogTile], book: BookID) throws

    /// What finds rows by keys declared in runs; nil where the database has an index of each.
    var runs: Runs? { get }

    /// Work that wants no transaction, such as a checkpoint of the write-ahead log. Called between batches.
    func tidy() throws(StorageFault)
}

extension WriterConnection {
    package var runs: Runs? { nil }
}
