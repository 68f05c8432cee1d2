/// What the engine does to every table alike, whatever its row type.
protocol AnyTableCache: AnyObject {
    /// Loads what bodies missed with one query for rows and one for each key, and remembers what is not there.
    func loadMissed(from rows: any RowSource, book: BookID) throws
    func undoLast()
    /// Takes out what bodies did to rows, to be written; nil where they did nothing. Bodies after this see it as done.
    func takeChanges() -> (any AnyTableChanges)?
    /// Undoes what was not taken out.
    func abandonChanges()
    /// Makes the young rows the older ones and forgets those. Only while nothing is being committed: what is, the database does
    /// not show yet.
    func age()
    /// What the young rows and their indexes take in memory, closely enough to bound it.
    var youngBytes: Int { get }
    /// No row is remembered at all.
    var isEmpty: Bool { get }
}

extension TableCache: AnyTableCache {
    func loadMissed(from rows: any RowSource, book: BookID) throws {
        if !missed.isEmpty {
            try load(ExactKey.inOrder(missed), from: rows, book: book)
            missed.removeAll(keepingCapacity: true)
        }
        for index in indexes { try index.loadMissed(into: self, from: rows, book: book) }
    }

    func takeChanges() -> (any AnyTableChanges)? {
        defer { endBatch() }
        return touched.isEmpty ? nil : R.table.takeChanges(self)
    }

    /// From here on the rows are what the database will have.
    func takeTouched() -> TableChanges<R> {
        let changes = TableChanges(of: self)
        for slot in touched {
            changes.add(young[slot], at: slot)
            young[slot].isTouched = false
            switch young[slot].change {
            case .inserted, .updated, .replaced, .remade: young[slot].change = .none
            case .deleted: young[slot].change = .gone
            case .none, .gone, .dead: break
            }
        }
        touched.removeAll(keepingCapacity: true)
        for index in indexes { index.beginCommit() }
        return changes
    }

    func weigh(_ slot: Slot, bytes: Int32) {
        young.weigh(slot, heapBytes: Int(bytes))
    }

    /// What was taken out last is committed.
    func endCommit() {
        for index in indexes { index.endCommit() }
    }

    func abandonChanges() {
        while !undo.isEmpty { undoLast() }
        endBatch()
    }

    private func endBatch() {
        for slot in touched { young[slot].isTouched = false }
        touched.removeAll(keepingCapacity: true)
        undo.removeAll(keepingCapacity: true)
        absent.forgetAll()
        missed.forgetAll()
        for index in indexes { index.endBatch() }
    }

    func age() {
        older = young
        young = RowGeneration()
        touched = []
        undo = []
        absent = []
        missed = []
        for index in indexes { index.forgetAll() }
    }

    var youngBytes: Int {
        let lists = touched.capacity * MemoryLayout<Slot>.stride + undo.capacity * MemoryLayout<Undo>.stride
        let notes = (absent.capacity + missed.capacity) * MemoryLayout<R.Key>.stride * 4 / 3
        return indexes.reduce(young.bytes + lists + notes + Self.emptyBytes) { $0 + $1.bytes }
    }

    var isEmpty: Bool { young.isEmpty && older.isEmpty }

    /// The objects themselves, with no row in them: what a book nobody uses still costs.
    private static var emptyBytes: Int { 512 }
}
