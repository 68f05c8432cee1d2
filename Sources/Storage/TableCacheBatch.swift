/// What the engine does to every table alike, whatever its row type.
protocol AnyTableCache: AnyObject {
    /// Loads what bodies missed with one query for rows and one for each key, and remembers what is not there.
    func loadMissed(from connection: any WriterConnection, book: BookID) throws
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
            try connection.load(R.self, keys: missed.map(\.key), book: book).forEach(load)
            for key in missed { noteAsked(key.key) }
            missed.removeAll(keepingCapacity: true)
        }
        for index in indexes { try index.loadMissed(into: self, from: connection, book: book) }
    }

    /// Deletes first, so that a unique value they free may be taken by a row inserted or made anew.
    func flush(to connection: any WriterConnection, book: BookID) throws {
        guard !touched.isEmpty else { return }
        let deleted = touched.filter { young[$0].change == .deleted || young[$0].change == .replaced }
        let inserted = touched.filter { young[$0].change == .inserted || young[$0].change == .replaced }
        let updated = touched.filter { young[$0].change == .updated }
        if !deleted.isEmpty { try connection.delete(R.self, keys: deleted.map { young[$0].row.key }, book: book) }
        if !inserted.isEmpty { weigh(inserted, try connection.insert(inserted.map { young[$0].row }, book: book)) }
        if !updated.isEmpty { weigh(updated, try connection.update(updated.map { young[$0].row }, book: book)) }
    }

    private func weigh(_ slots: [Slot], _ heapBytes: [Int]) {
        for (slot, bytes) in zip(slots, heapBytes) { young.weigh(slot, heapBytes: bytes) }
    }

    func batchCommitted() {
        for slot in touched {
            switch young[slot].change {
            case .inserted, .updated, .replaced: young[slot].change = .none
            case .deleted:
                young[slot].change = .dead
                young.unlink(young[slot].row.key)
            case .none, .dead: break
            }
        }
        endBatch()
    }

    func batchAbandoned() {
        while !undo.isEmpty { undoLast() }
        endBatch()
    }

    private func endBatch() {
        for slot in touched { young[slot].isTouched = false }
        touched.removeAll(keepingCapacity: true)
        undo.removeAll(keepingCapacity: true)
        absent.removeAll(keepingCapacity: true)
        missed.removeAll(keepingCapacity: true)
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
