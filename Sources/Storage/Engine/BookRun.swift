/// One book during one batch: what the bodies did to it so far, and how to go back.
package final class BookRun {
    struct Mark {
        let changes: Int
        let entries: Int
        let identifier: Int64
        let epoch: Int64
        let recordedChanges: Int
        let changedBytes: Int
        let conflicts: Int
    }

    let state: BookState
    let now: Instant
    var entries = LogEntries()
    var lastIdentifier: Int64
    /// Which life of the log the next entry belongs to.
    var epoch: Int64
    /// A look-up found nothing in memory: the run in hand is discarded, however the body returns.
    private(set) var missed = false
    /// A look-up failed in the database: the batch cannot go on.
    private(set) var fault: (any Error)?
    /// Rows that the body in hand added although others have their keys.
    private(set) var conflicts: [StorageFault] = []
    let rows: any RowSource
    let runs: Runs?
    private(set) var readsInPlace = false
    /// The tables of the changes not undone, in order.
    private var changes: [TableOrdinal] = []
    private var recordedChanges = 0
    private var changedBytes = 0

    /// - Parameters:
    ///   - rows: Where rows are read that are not in memory.
    ///   - runs: What finds rows by keys declared in runs, where the database has no index of them.
    init(_ state: BookState, clock: Instant, rows: any RowSource, runs: Runs?) {
        self.state = state
        self.rows = rows
        self.runs = runs
        now = max(clock, state.head.lastTime.advanced(by: Instant.Span(microseconds: 1)))
        lastIdentifier = state.head.lastIdentifier
        epoch = state.head.epoch
    }

    var book: BookID { state.head.book }

    // MARK: Running a body

    /// Starts a body's run. Answers the mark to which a discarded run goes back.
    func start(readsInPlace: Bool) -> Mark {
        missed = false
        fault = nil
        conflicts = []
        self.readsInPlace = readsInPlace
        return mark
    }

    var mark: Mark {
        Mark(
            changes: changes.count, entries: entries.count, identifier: lastIdentifier, epoch: epoch,
            recordedChanges: recordedChanges, changedBytes: changedBytes, conflicts: conflicts.count)
    }

    func undo(to mark: Mark) {
        while changes.count > mark.changes { state.cache(at: changes.removeLast())?.undoLast() }
        entries.truncate(to: mark.entries)
        lastIdentifier = mark.identifier
        epoch = mark.epoch
        recordedChanges = mark.recordedChanges
        changedBytes = mark.changedBytes
        conflicts.removeLast(conflicts.count - mark.conflicts)
    }

    /// What every body owes the log: recorded rows never change without an event that tells of it.
    func checkRecorded(since mark: Mark) {
        precondition(
            recordedChanges == mark.recordedChanges || entries.count > mark.entries,
            "a body changed recorded rows and appended no event")
    }

    func noteMiss() { missed = true }
    func note(_ fault: any Error) { self.fault = fault }

    /// Roughly what the batch has to write of this book.
    var bytes: Int { entries.bytes.count + changedBytes }

    // MARK: Changing rows

    func insert<R: Row>(_ row: R) {
        let insertion = state.cache(of: R.self).insert(row)
        if insertion != .taken { noteChange(of: R.self) }
        if insertion != .made || clashesInRuns(row) {
            conflicts.append(.constraint("\(R.table.name) has a row of this key"))
        }
    }

    /// A failure in the database is noted and fails the batch; a row that is not in memory is noted and ends the run.
    private func clashesInRuns<R: Row>(_ row: R) -> Bool {
        guard runs != nil else { return false }
        return (try? R.table.uniqueKeysInRuns.contains { try $0.clashes(row, in: self) }) ?? false
    }

    func update<R: Row>(_ row: R) {
        state.cache(of: R.self).update(row)
        noteChange(of: R.self)
    }

    func delete<R: Row>(_ type: R.Type, _ key: R.Key) {
        state.cache(of: R.self).delete(key)
        noteChange(of: R.self)
    }

    private func noteChange<R: Row>(of type: R.Type) {
        changes.append(R.table.ordinal)
        changedBytes += MemoryLayout<R>.stride
        if R.table.rowClass == .recorded { recordedChanges += 1 }
    }

    // MARK: Ending the batch

    /// Takes out what the bodies did. Those of the next batch see it as done, before it is.
    func takeChanges(in order: [TableOrdinal], writer: Int64) -> BookChanges {
        let base = state.head
        let tables = order.compactMap { state.cache(at: $0)?.takeChanges() }
        if !changes.isEmpty || entries.count > 0 || lastIdentifier != base.lastIdentifier { advanceHead(writer) }
        return BookChanges(base: base, head: state.head, entries: entries, tables: tables)
    }

    private func advanceHead(_ writer: Int64) {
        if entries.count > 0 {
            state.head.sequence += Int64(entries.count)
            state.head.lastTime = now
        }
        state.head.lastIdentifier = lastIdentifier
        state.head.epoch = epoch
        state.head.writer = writer
        state.head.batch += 1
    }

    /// Nothing of it will be written: memory goes back to what it was before.
    func abandon() {
        for cache in state.caches { cache?.abandonChanges() }
    }
}
