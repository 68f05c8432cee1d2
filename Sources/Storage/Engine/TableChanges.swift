/// What the bodies of a batch did to one table of a book, apart from the memory that those of the next go on with.
final class TableChanges<R: Row> {
    private let cache: TableCache<R>
    private var deleted: [R.Key] = []
    private var inserted: [R] = []
    private var updated: [R] = []
    private var insertedSlots: [TableCache<R>.Slot] = []
    private var updatedSlots: [TableCache<R>.Slot] = []
    /// What the texts and byte arrays of each row take, noted as it is written: those inserted, then those updated.
    private var weights: [Int32] = []

    init(of cache: TableCache<R>) {
        self.cache = cache
        inserted.reserveCapacity(cache.touched.count)
        insertedSlots.reserveCapacity(cache.touched.count)
    }

    func add(_ entry: RowGeneration<R>.Entry, at slot: TableCache<R>.Slot) {
        if entry.change.deletes { deleted.append(entry.row.key) }
        if entry.change.inserts {
            inserted.append(entry.row)
            insertedSlots.append(slot)
        } else if entry.change == .updated {
            updated.append(entry.row)
            updatedSlots.append(slot)
        }
    }

    /// The rows are committed and needed no more. Their memory is given back by whoever commits, not by whoever runs bodies.
    func letGo() {
        deleted = []
        inserted = []
        updated = []
    }

    /// Tells the cache what the rows take.
    func settleRows() {
        let insertedCount = insertedSlots.count
        for index in 0..<insertedCount { cache.weigh(insertedSlots[index], bytes: weights[index]) }
        for index in 0..<updatedSlots.count { cache.weigh(updatedSlots[index], bytes: weights[insertedCount + index]) }
        cache.endCommit()
    }

    /// Deletes first, so that a unique value they free may be taken by a row inserted or made anew.
    func writeRows(to connection: any WriterConnection, book: BookID) throws {
        weights = [Int32](repeating: 0, count: inserted.count + updated.count)
        if !deleted.isEmpty {
            try connection.delete(R.table, count: deleted.count, book: book) { deleted[$0].write(to: &$1) }
        }
        if !inserted.isEmpty {
            try connection.insert(R.table, count: inserted.count, book: book) { index, columns in
                inserted[index].write(to: &columns)
                weights[index] = Int32(clamping: columns.heapBytes)
            }
            try connection.runs?.of(R.self)?.add(to: book) { file in
                for row in inserted { file(row) }
            }
        }
        if !updated.isEmpty {
            try connection.update(R.table, count: updated.count, book: book) { index, columns in
                updated[index].write(to: &columns)
                weights[inserted.count + index] = Int32(clamping: columns.heapBytes)
            }
        }
    }
}

/// The same whatever the row type.
protocol AnyTableChanges: AnyObject {
    func write(to connection: any WriterConnection, book: BookID) throws
    /// They are committed, and needed no more but for their weights.
    func letGo()
    /// They are committed: the memory they were taken from is told so.
    func settle()
}

extension TableChanges: AnyTableChanges {
    func write(to connection: any WriterConnection, book: BookID) throws {
        try R.table.write(self, connection, book)
    }

    func settle() {
        R.table.settle(self)
    }
}
