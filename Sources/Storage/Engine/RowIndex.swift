/// Finds a table's rows in memory by another key than the primary one. It knows exactly the rows the cache shows.
package class RowIndex<R: Row> {
    /// The declared key this index serves.
    let identity: ObjectIdentifier

    init(of key: AnyObject) {
        identity = ObjectIdentifier(key)
    }

    /// Takes in a row a body has added; false when another row has its unique value, and keeps it.
    func insert(_ row: R) -> Bool { preconditionFailure("abstract") }
    /// Takes in a row that is there beyond doubt: the database has it, or had before the change now undone.
    func put(_ row: R) { preconditionFailure("abstract") }
    /// Takes out a row whose insertion is undone.
    func remove(_ row: R) { preconditionFailure("abstract") }
    /// Takes out a row that a body has deleted; `put` undoes that.
    func delete(_ row: R) { remove(row) }
    /// Whether two states of one row have the same value, as they must.
    func agrees(_ left: R, _ right: R) -> Bool { preconditionFailure("abstract") }

    func loadMissed(into cache: TableCache<R>, from rows: any RowSource, book: BookID) throws {
        preconditionFailure("abstract")
    }
    /// The bodies of a batch have ended: what was noted of the database for them is forgotten.
    func endBatch() { preconditionFailure("abstract") }
    /// What they changed is being committed from here on.
    func beginCommit() {}
    /// It is committed.
    func endCommit() {}
    func forgetAll() { preconditionFailure("abstract") }
    var bytes: Int { preconditionFailure("abstract") }
}
