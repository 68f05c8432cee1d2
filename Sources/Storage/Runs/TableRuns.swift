import Synchronization

/// Finds a table's rows by its keys: in the runs, in those being written, and in the tails of rows that stand in
/// no run yet.
///
/// Rows are added before their batch commits, and taken away again when it does not. So a reader of any snapshot is shown
/// at least the rows it can see; those it cannot see, it does not find in its snapshot and passes over.
///
/// Look-ups are safe on any thread. Only the writer's adds rows and moves tails into runs.
final class TableRuns<R: Row>: AnyTableRuns {
    private struct State {
        var tails: RunTails
        /// Full tails of which a run is being made.
        var sealing: RunTails?
        var files: [RunFile] = []
    }

    private let state: Mutex<State>
    private let seed: UInt64
    /// The writer's own from here on.
    private nonisolated(unsafe) var lasts: [BookID: Int64] = [:]
    private nonisolated(unsafe) var mark: (tails: RunTails.Mark, lasts: [BookID: Int64])?

    init(seed: UInt64) {
        self.seed = seed
        state = Mutex(State(tails: RunTails(areLists: R.table.runKeys.map { !$0.isUnique })))
    }

    func hashStart(of book: BookID) -> KeyHash { KeyHash(book: book, seed: seed) }

    // MARK: Looking up

    /// The internal ids filed under a hash, the latest first, none above `through`, at most `limit`. Rows of other values may be
    /// among them, and rows that are not committed yet.
    func find(
        key: Int, _ hash: UInt64, through: Int64 = .max, limit: Int = .max
    ) throws(StorageFault) -> [Int64] {
        var ids: [Int64] = []
        let (sealing, files) = state.withLock { state in
            state.tails.keys[key].collect(hash, through: through, limit: limit, into: &ids)
            return (state.sealing, state.files)
        }
        sealing?.keys[key].collect(hash, through: through, limit: limit, into: &ids)
        for file in files.reversed() where ids.count < limit {
            try file.collect(key: key, hash, through: through, limit: limit, into: &ids)
        }
        return ids
    }

    // MARK: Adding

    /// Files the rows a batch is about to commit.
    /// - Throws: `StorageFault.constraint` when a row's internal id is not above those of the batches before: a run is a range of
    ///   them, and such a row would be found in none.
    func add(to book: BookID, _ forEachRow: ((R) -> Void) -> Void) throws(StorageFault) {
        let last = lasts[book] ?? -1
        var filing = RunFiling<R>(hashStart(of: book))
        forEachRow { filing.add($0) }
        filing.order()
        guard let first = filing.ids.first, let final = filing.ids.last else { return }
        guard first > last else { throw .constraint("\(R.table.name) has a row of a later number than \(first)") }
        state.withLock { state in
            if mark == nil { mark = (state.tails.mark, lasts) }
            for (key, entry) in filing.entries { state.tails.append(entry, key: key) }
            for id in filing.ids { state.tails.count(id, of: book, after: last) }
        }
        lasts[book] = final
    }

    func settle() {
        mark = nil
    }

    func abandon() {
        guard let mark else { return }
        state.withLock { $0.tails.truncate(to: mark.tails) }
        lasts = mark.lasts
        self.mark = nil
    }

    // MARK: Sealing

    var tailRowCount: Int { state.withLock { $0.tails.rowCount } }

    var bytes: Int { state.withLock { $0.tails.bytes + ($0.sealing?.bytes ?? 0) } }

    func beginSealing() -> [RunRange] {
        state.withLock { state in
            precondition(state.sealing == nil && mark == nil, "one run of a table is made at a time, between batches")
            let full = state.tails
            state.sealing = full
            state.tails = RunTails(areLists: R.table.runKeys.map { !$0.isUnique })
            return full.ranges.values.sorted { $0.book < $1.book }
        }
    }

    func write(_ identity: RunIdentity, in directory: DurableDirectory) throws(StorageFault) -> RunFile {
        guard let full = state.withLock({ $0.sealing }) else { preconditionFailure("a run is made of full tails") }
        try full.write(identity, isFiltered: R.table.runKeys.map(\.isUnique), in: directory)
        guard let file = open(identity, in: directory) else {
            throw .damaged("\(identity.fileName) is not what was written a moment ago")
        }
        return file
    }

    func endSealing(with file: RunFile) {
        state.withLock { state in
            state.files.append(file)
            state.sealing = nil
        }
    }

    // MARK: Dropping

    func emptyRun(on connection: SQLiteConnection) throws(StorageFault) -> RunIdentity? {
        guard R.table.allowsDeletion, let oldest = state.withLock({ $0.files.first?.identity }) else { return nil }
        for range in oldest.ranges where try connection.hasRows(R.self, in: range) { return nil }
        return oldest
    }

    func dropOldest() {
        state.withLock { _ = $0.files.removeFirst() }
    }

    // MARK: Starting

    func open(_ identity: RunIdentity, in directory: DurableDirectory) -> RunFile? {
        RunFile(identity, in: directory.path, keyCount: R.table.runKeys.count)
    }

    func take(_ file: RunFile) {
        state.withLock { $0.files.append(file) }
        for range in file.identity.ranges { lasts[range.book] = max(lasts[range.book] ?? -1, range.through) }
    }

    func restore(
        _ identity: RunIdentity, from connection: SQLiteConnection, in directory: DurableDirectory
    ) throws -> RunFile {
        var tails = RunTails(areLists: R.table.runKeys.map { !$0.isUnique })
        for range in identity.ranges {
            let start = hashStart(of: range.book)
            try connection.scan(R.self, of: range.book, after: range.after, through: range.through) { row, id in
                tails.file(row, id, range.book, start, after: range.after)
                return true
            }
        }
        try tails.write(identity, isFiltered: R.table.runKeys.map(\.isUnique), in: directory)
        guard let file = open(identity, in: directory) else {
            throw StorageFault.damaged("\(identity.fileName) is not what was written a moment ago")
        }
        return file
    }

    func loadTail(of book: BookID, from connection: SQLiteConnection, rowCountMax: Int) throws -> Bool {
        let after = lasts[book] ?? -1
        let start = hashStart(of: book)
        // Taken out rather than copied. Nobody looks anything up before the start is over.
        var tails = state.withLock { state in
            defer { state.tails = RunTails(areLists: []) }
            return state.tails
        }
        defer { state.withLock { $0.tails = tails } }
        var isWhole = true
        // The rows of one internal id stand in one run.
        try connection.scan(R.self, of: book, after: after, through: .max) { row, id in
            if tails.rowCount >= rowCountMax, lasts[book] != id {
                isWhole = false
                return false
            }
            tails.file(row, id, book, start, after: after)
            lasts[book] = id
            return true
        }
        return isWhole
    }
}

extension SQLiteConnection {
    fileprivate func hasRows<R: Row>(_ type: R.Type, in range: RunRange) throws(StorageFault) -> Bool {
        let id = R.table.keyColumns[0]
        let statement = try statement(
            "SELECT 1 FROM \(R.table.name) WHERE book = ?1 AND \(id) > ?2 AND \(id) <= ?3 LIMIT 1")
        defer { statement.reset() }
        var parameters = statement.parameters
        parameters.integer(range.book.rawValue)
        parameters.integer(range.after)
        parameters.integer(range.through)
        return try statement.step()
    }

    /// Reads a book's rows of a table in the order of their keys, those whose internal ids lie above the one and not above the
    /// other, until the body answers false.
    fileprivate func scan<R: Row>(
        _ type: R.Type, of book: BookID, after: Int64, through: Int64, _ body: (R, Int64) -> Bool
    ) throws {
        let key = R.table.keyColumns
        let statement = try statement(
            """
            SELECT \(R.table.columnList) FROM \(R.table.name) WHERE book = ?1 AND \(key[0]) > ?2 AND \(key[0]) <= ?3
            ORDER BY \(key.joined(separator: ", "))
            """)
        defer { statement.reset() }
        var parameters = statement.parameters
        parameters.integer(book.rawValue)
        parameters.integer(after)
        parameters.integer(through)
        while try statement.step() {
            var columns = statement.columns
            let row = try StoredRow<R>(from: &columns).row
            if !body(row, row.runID) { return }
        }
    }
}
