import Glibc

/// The runs of a SQLite database: what finds rows of tables that grow without end by keys that come in no order.
///
/// Rows stay where they were written. Those that stand in no run are known in memory, and when they are about a million they
/// are sorted into a run: a side file, written beside the writer, synced, and then named in the database. No random key ever
/// enters a large tree. Side files are derived: one that is missing or damaged is made anew from its table at the next start.
///
/// | If the process dies | Then at the next start |
/// |---|---|
/// | while a run is written | its draft is removed; its rows are read into memory again |
/// | when it is written and not named | its file is removed; likewise |
/// | when it is named | it is opened |
/// | when it is named no more, as all its rows were deleted | its file is removed |
package final class Runs: @unchecked Sendable {
    /// What bounds the runs of a database.
    package struct Limits: Sendable {
        /// Rows of a table in a run. Twice as many may stand in memory: those that wait, and those being written.
        package var rowsPerRun = 1 << 20
        /// False when runs are made on the writer's thread, as in a simulation; nil for what the database does itself.
        package var usesOwnThread: Bool?

        package init() {}
    }

    private let place: String
    let seed: UInt64
    private let rowsPerRun: Int
    private let usesOwnThread: Bool
    private let builder: RunBuilder
    /// By the tables' ordinals.
    private var tables: [(name: String, runs: any AnyTableRuns)?] = []
    private var lastNumber: Int64 = 0
    /// The table and run being made.
    private var making: (table: any AnyTableRuns, identity: RunIdentity)?
    /// How many rows more its table has in memory before a run that found the disk full is tried again.
    private var retryAt: Int?

    /// Opens the runs of a database, makes anew those whose files are missing or damaged, and reads what stands in none.
    /// - Parameters:
    ///   - directory: The database's; the side files lie in `runs` below it.
    ///   - seed: For the first run's hashes; those that follow keep it.
    init(
        of descriptions: [any TableDescription], on writer: SQLiteWriter, directory: String, seed: UInt64,
        rowsPerRun: Int, usesOwnThread: Bool
    ) throws {
        place = directory + "/runs"
        self.rowsPerRun = rowsPerRun
        self.usesOwnThread = usesOwnThread
        builder = RunBuilder(usesOwnThread: usesOwnThread)
        let catalog = RunCatalog(connection: writer.rawConnection)
        try catalog.prepare(for: descriptions)
        let known = try catalog.runs()
        self.seed = known.first?.seed ?? seed
        for description in descriptions {
            guard let runs = description.makeRuns(seed: self.seed) else { continue }
            while tables.count <= description.ordinal.index { tables.append(nil) }
            tables[description.ordinal.index] = (description.name, runs)
        }
        try open(known, on: writer.rawConnection)
        for case let table? in tables { try dropEmpty(of: table.runs, on: writer) }
        try loadTails(on: writer)
    }

    func of<R: Row>(_ type: R.Type) -> TableRuns<R>? {
        let ordinal = R.table.ordinal.index
        guard ordinal < tables.count, let table = tables[ordinal] else { return nil }
        return unsafeDowncast(table.runs, to: TableRuns<R>.self)
    }

    // MARK: Batches

    func settle() {
        for table in tables { table?.runs.settle() }
    }

    func abandon() {
        for table in tables { table?.runs.abandon() }
    }

    /// What the rows that stand in no run take in memory.
    package var bytes: Int { tables.reduce(0) { $0 + ($1?.runs.bytes ?? 0) } }

    // MARK: Sealing

    /// Names a run that is ready, and begins the next where a table has rows enough. Called between batches.
    func tend(on writer: SQLiteWriter) throws(StorageFault) {
        try endMaking(on: writer)
        if let making, let retryAt, making.table.tailRowCount >= retryAt { try make(making.identity, of: making.table) }
        for table in tables {
            guard let table, table.runs.tailRowCount >= rowsPerRun else { continue }
            if making == nil { try begin(table) }
            // A second core that cannot keep up must not cost all the memory there is.
            if table.runs.tailRowCount >= 2 * rowsPerRun { builder.wait() }
        }
        if !usesOwnThread { try endMaking(on: writer) }
    }

    /// Sleeps until no run is being made.
    func close() { builder.wait() }

    private func begin(_ table: (name: String, runs: any AnyTableRuns)) throws(StorageFault) {
        lastNumber += 1
        let identity = RunIdentity(
            number: lastNumber, table: table.name, seed: seed, ranges: table.runs.beginSealing())
        making = (table.runs, identity)
        try make(identity, of: table.runs)
    }

    private func make(_ identity: RunIdentity, of table: any AnyTableRuns) throws(StorageFault) {
        retryAt = table.tailRowCount + max(1, rowsPerRun / 16)
        try builder.start { [place] () throws(StorageFault) in
            try table.write(identity, in: DurableDirectory(place))
        }
        retryAt = nil
    }

    /// Names the run that is ready, if one is. A full disk is no reason to stop: the rows are in their table and in memory,
    /// and the run is tried again.
    private func endMaking(on writer: SQLiteWriter) throws(StorageFault) {
        guard let (table, identity) = making, let outcome = builder.takeOutcome() else { return }
        do throws(StorageFault) {
            let file = try outcome.get()
            try commit(on: writer) { catalog throws(StorageFault) in try catalog.insert(identity) }
            table.endSealing(with: file)
            making = nil
        } catch {
            retryAt = table.tailRowCount + max(1, rowsPerRun / 16)
            guard case .diskFull = error else { throw error }
            return
        }
        try dropEmpty(of: table, on: writer)
    }

    /// Rows that expire go from the oldest on: once a run has none left, nothing is ever found by it again. On a full disk it stays,
    /// and does no harm.
    private func dropEmpty(of table: any AnyTableRuns, on writer: SQLiteWriter) throws(StorageFault) {
        while let identity = try table.emptyRun(on: writer.rawConnection) {
            do throws(StorageFault) {
                try commit(on: writer) { catalog throws(StorageFault) in try catalog.remove(identity) }
            } catch {
                guard case .diskFull = error else { throw error }
                return
            }
            table.dropOldest()
            unlink(place + "/" + identity.fileName)
        }
    }

    private func commit(
        on writer: SQLiteWriter, _ change: (RunCatalog) throws(StorageFault) -> Void
    ) throws(StorageFault) {
        try writer.begin()
        do throws(StorageFault) {
            try change(RunCatalog(connection: writer.rawConnection))
            try writer.commit()
        } catch {
            writer.rollback()
            throw error
        }
    }

    // MARK: Starting

    private func open(_ known: [RunIdentity], on connection: SQLiteConnection) throws {
        lastNumber = known.last?.number ?? 0
        RunDirectory.remove(from: place, except: Set(known.map(\.fileName)))
        for identity in known {
            guard let table = tables.lazy.compactMap({ $0 }).first(where: { $0.name == identity.table })?.runs else {
                throw StorageFault.cannotOpen("the database has runs of \(identity.table), which has no keys in runs")
            }
            let directory = try DurableDirectory(place)
            table.take(
                try table.open(identity, in: directory) ?? table.restore(identity, from: connection, in: directory))
        }
    }

    private func loadTails(on writer: SQLiteWriter) throws {
        for head in try writer.rawConnection.heads() {
            for case let table? in tables {
                while try !table.runs.loadTail(
                    of: head.book, from: writer.rawConnection, rowCountMax: rowsPerRun)
                {
                    try begin(table)
                    builder.wait()
                    try endMaking(on: writer)
                    if making != nil { throw StorageFault.diskFull }
                }
            }
        }
    }
}
