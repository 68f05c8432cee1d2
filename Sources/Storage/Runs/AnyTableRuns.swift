/// A table's runs without its row type: what is done to all of them alike.
package protocol AnyTableRuns: AnyObject, Sendable {
    /// The batch has committed, or has not.
    func settle()
    func abandon()

    /// How many rows stand in no run, nor in one being made.
    var tailRowCount: Int { get }
    /// What the rows that stand in no run take in memory.
    var bytes: Int { get }
    /// Sets the full tails aside and begins others. Answers which rows they hold.
    func beginSealing() -> [RunRange]
    /// Writes the tails set aside as a run. On any thread; it may be tried again.
    func write(_ identity: RunIdentity, in directory: DurableDirectory) throws(StorageFault) -> RunFile
    /// The run has been named in the database, and takes the place of the tails set aside.
    func endSealing(with file: RunFile)

    /// The oldest run, where all its rows have been deleted; nil while some are there. A table that takes rows away in another order
    /// than their age keeps its runs.
    func emptyRun(on connection: SQLiteConnection) throws(StorageFault) -> RunIdentity?
    /// The oldest run is named in the database no more.
    func dropOldest()

    /// Opens a run's file; nil when it has to be made anew.
    func open(_ identity: RunIdentity, in directory: DurableDirectory) -> RunFile?
    /// Makes a run anew from the table.
    func restore(_ identity: RunIdentity, from connection: SQLiteConnection, in directory: DurableDirectory) throws
        -> RunFile
    /// Takes in a run of an earlier life of the process; in the order of their numbers.
    func take(_ file: RunFile)
    /// Reads the rows of a book that stand in no run. Answers false when it has stopped because there are enough for one.
    func loadTail(of book: BookID, from connection: SQLiteConnection, rowCountMax: Int) throws -> Bool
}
