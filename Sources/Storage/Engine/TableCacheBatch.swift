/// What the engine does to every table alike, whatever its row type.
protocol AnyTableCache: AnyObject {
    /// Loads what bodies missed with one query for rows and one for each key, and remembers what is not there.
    func loadMissed(from connection: any WriterConnection, book: BookID) throws
    /// Rows are inserted and never changed or taken away.
    var isAppendOnly: Bool { get }
    /// Writes what bodies did to rows. Of an append-only table what was written already is not written again.
    func flush(to connection: any WriterConnection, book: BookID) throws
    func undoLast()
    func batchCommitted()
    func batchAbandoned()
    /// Makes the young rows the older ones and forgets those.
    func age()
    /// What the young rows and their indexes take in memory, closely enough to bound it.
    var youngBytes: Int { get }
    /// No row is remembered at all.
    var isEmpty: Bool { get }
}

extension TableCache: AnyTableCache {
    func loadMissed(from connection: any WriterConnection, book: BookID) throws {
        if !missed.isEmpty {
            try load(ExactKey.inOrder(missed), from: connection, book: book)
            missed.removeAll(keepingCapacity: true)
        }
        for index in indexes { try index.loadMissed(into: self, from: connection, book: book) }
    }

    func flush(to connection: any WriterConnection, book: BookID) throws {
        guard writtenCount < touched.count else { return }
        try R.table.flush(self, connection, book)
        writtenCount = touched.count
    }

    var isAppendOnly: Bool { R.table.isAppendOnly }

    /// Deletes first, so that a unique value they free may be taken by a row inserted or made anew.
    func writeTouched(to connection: any WriterConnection, book: BookID) throws {
        let touched = touched.dropFirst(writtenCount)
        let deleted = touched.filter { young[$0].change.deletes }
        let inserted = touched.filter { young[$0].change.inserts }
        let updated = touched.filter { young[$0].change == .updated }
        if !deleted.isEmpty {
            try connection.delete(R.table, count: deleted.count, book: book) { index, columns in
                young[deleted[index]].row.key.write(to: &columns)
            }
        }
        if !inserted.isEmpty {
            try connection.insert(R.table, count: inserted.count, book: book) { bind(inserted[$0], to: &$1) }
            try connection.runs?.of(R.self)?.add(to: book) { file in
                for slot in inserted { file(young.entries[Int(slot)].row) }
            }
        }
        if !updated.isEmpty {
            try connection.update(R.table, count: updated.count, book: book) { bind(updated[$0], to: &$1) }
        }
    }

    private func bind(_ slot: Slot, to columns: inout ColumnWriter) {
        young[slot].row.write(to: &columns)
        young.weigh(slot, heapBytes: columns.heapBytes)
    }

    func batchCommitted() {
        R.table.keep(self)
    }

    /// What the batch has made of its rows is what the database has.
    func keepTouched() {
        for slot in touched {
            young[slot].isTouched = false
            switch young[slot].change {
            case .inserted, .updated, .replaced: young[slot].change = .none
            case .deleted:
                young[slot].change = .dead
                young.unlink(young[slot].row.key)
            case .none, .dead: break
            }
        }
        touched.removeAll(keepingCapacity: true)
        endBatch()
    }

    func batchAbandoned() {
        while !undo.isEmpty { undoLast() }
        endBatch()
    }

    private func endBatch() {
        for slot in touched { young[slot].isTouched = false }
        touched.removeAll(keepingCapacity: true)
        writtenCount = 0
        undo.removeAll(keepingCapacity: true)
        absent.forgetAll()
        missed.forgetAll()
        for index in indexes { index.endBatch() }
    }

    func age() {
        older = young
        young = RowGeneration()
        touched = []
        writtenCount = 0
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
