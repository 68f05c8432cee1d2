/// Binds the columns of one of several rows, or of its key. The connection knows no row type: what binds it is made where
/// the type is known, so that it runs specialised.
package typealias RowBinding = (_ index: Int, _ columns: inout ColumnWriter) -> Void

/// Where rows are looked up.
package protocol RowSource: AnyObject {
    /// Looks rows of a table up by each of so many values, and hands over the columns of those there are.
    func read(
        _ table: any TableDescription, by lookUp: LookUp, count: Int, book: BookID, bind: RowBinding,
        take: (inout ColumnReader) throws -> Void) throws
}

/// The connection a batch is written through: one database transaction at a time, used by one thread at a
/// time.
/// The two databases differ behind this and nowhere else.
package protocol WriterConnection: RowSource {
    /// Whether a transaction may touch one book only, as where a book is the unit that other processes write and that
    /// databases are distributed by.
    var takesOneBook: Bool { get }

    func begin() throws(StorageFault)
    /// Commits. Throws `notDurable` when it is unknown what is on disk, `outcomeUnknown` when only the answer was lost and
    /// can be found out, anything else when nothing was committed.
    func commit() throws(StorageFault)
    func rollback()

    /// Locks the book's head row for this transaction and answers it; nil when there is no such book.
    func lockHead(of book: BookID) throws -> Head?
    func insertHead(_ head: Head) throws
    func updateHead(_ head: Head) throws

    func insert(_ table: any TableDescription, count: Int, book: BookID, bind: RowBinding) throws
    func update(_ table: any TableDescription, count: Int, book: BookID, bind: RowBinding) throws
    /// Deletes the rows of so many primary keys.
    func delete(_ table: any TableDescription, count: Int, book: BookID, bind: RowBinding) throws

    /// The exact bytes of an event; nil where there is none.
    func event(at sequence: Int64, book: BookID) throws -> [UInt8]?
    func append(_ entries: LogEntries, firstSequence: Int64, book: BookID) throws
    func write(_ tiles: [LogTile], book: BookID) throws

    /// What finds rows by keys declared in runs; nil where the database has an index of each. Without a default, so that what
    /// stands between the engine and its connection cannot forget to hand it on: rows in runs would then be found nowhere.
    var runs: Runs? { get }

    /// Connects anew where the connection was lost. Nothing where there is none to lose.
    func reconnect() throws(StorageFault)

    /// Work that wants no transaction, such as a checkpoint of the write-ahead log. Called between transactions.
    func tidy() throws(StorageFault)
}

/// A connection that reads snapshots, each lent to one reader at a time.
package protocol ReaderConnection: RowSource {
    /// When a read has taken too long; nil while none is limited.
    var deadline: Deadline? { get set }

    /// Begins a snapshot: everything read until it ends is of one moment.
    func beginSnapshot() throws
    /// Ends it, if there is one. False when the connection cannot be used any more.
    func endSnapshot() -> Bool

    /// The book's head as the snapshot has it; nil when there is no such book.
    func head(of book: BookID) throws -> Head?
    /// The heads of all books, in order of their numbers.
    func heads() throws -> [Head]
    /// What the database finds wrong with its own files, as far as it can be asked.
    func damages() throws -> [String]
    /// Runs a query whose parameters are written `?1`, `?2` ….
    func query(_ sql: String, _ values: [ColumnValue], each body: (inout ColumnReader) throws -> Void) throws
}
