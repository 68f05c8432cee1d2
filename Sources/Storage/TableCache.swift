/// A book's rows of one table in memory: what was read, what the batch in hand has changed, and how to undo that.
///
/// Two generations of rows bound the memory: what is used moves to the young one, and when that has grown large it
/// becomes the old one and the former old one is forgotten at once. Rows of the batch in hand are always young.
final class TableCache<R: Row>: AnyTableCache {
    enum Change: UInt8 { case none, inserted, updated, deleted, dead }

    struct Entry {
        var row: R
        var change: Change
        /// Listed among the batch's touched rows already.
        var isTouched = false
    }

    private enum Undo {
        case insertion(slot: Int32)
        case change(slot: Int32, row: R, change: Change)
    }

    var slots: [R.Key: Int32] = [:]
    var entries: ContiguousArray<Entry> = []
    private var olderSlots: [R.Key: Int32] = [:]
    private var olderEntries: ContiguousArray<Entry> = []
    private var touched: [Int32] = []
    private var undo: [Undo] = []
    private var absent: Set<R.Key> = []
    private var missed: Set<R.Key> = []
    private var indexes: [(key: ObjectIdentifier, index: RowIndex<R>)]

    override init() {
        indexes =
            R.table.uniqueKeys.map { (ObjectIdentifier($0), $0.makeIndex()) }
            + R.table.groupKeys.map { (ObjectIdentifier($0), $0.makeIndex()) }
    }

    // MARK: Looking up

    enum Found {
        case row(R)
        case absent
        case missing
    }

    func find(_ key: R.Key) -> Found {
        if let slot = slots[key] ?? promote(key) {
            let entry = entries[Int(slot)]
            return entry.change == .deleted ? .absent : .row(entry.row)
        }
        return absent.contains(key) ? .absent : .missing
    }

    func index(_ key: AnyObject) -> RowIndex<R> {
        for (identity, index) in indexes where identity == ObjectIdentifier(key) { return index }
        preconditionFailure("\(R.table.name) does not declare this key")
    }

    func noteMiss(_ key: R.Key) {
        missed.insert(key)
    }

    /// Takes in a row as the database has it. What the batch has made of it meanwhile stays.
    func load(_ row: R) {
        let key = row.key
        guard slots[key] == nil, promote(key) == nil else { return }
        add(Entry(row: row, change: .none), key: key)
    }

    func noteAbsent(_ key: R.Key) {
        if slots[key] == nil { absent.insert(key) }
    }

    private func promote(_ key: R.Key) -> Int32? {
        guard let slot = olderSlots.removeValue(forKey: key) else { return nil }
        return add(olderEntries[Int(slot)], key: key)
    }

    @discardableResult
    private func add(_ entry: Entry, key: R.Key) -> Int32 {
        let slot = Int32(entries.count)
        entries.append(entry)
        slots[key] = slot
        for (_, index) in indexes { index.insert(entry.row) }
        return slot
    }

    // MARK: Changing

    /// Adds a row that the database does not have. Whether it truly does not is the database's to say when it is written.
    func insert(_ row: R) {
        let key = row.key
        if let slot = slots[key] ?? promote(key) {
            precondition(entries[Int(slot)].change == .deleted, "\(R.table.name) already has this row")
            // Deleted and made again within a batch: for the database it is a change.
            return change(slot, to: row, .updated)
        }
        let slot = add(Entry(row: row, change: .inserted, isTouched: true), key: key)
        touched.append(slot)
        undo.append(.insertion(slot: slot))
    }

    func update(_ row: R) {
        precondition(!R.table.isAppendOnly, "\(R.table.name) is append-only")
        guard let slot = slots[row.key] ?? promote(row.key) else {
            preconditionFailure("\(R.table.name): a row is found before it is changed")
        }
        let change = entries[Int(slot)].change
        precondition(change != .deleted, "\(R.table.name): a deleted row is not changed")
        self.change(slot, to: row, change == .inserted ? .inserted : .updated)
    }

    func delete(_ key: R.Key) {
        precondition(R.table.rowClass != .recorded, "\(R.table.name): recorded rows are never deleted")
        guard let slot = slots[key] ?? promote(key) else {
            preconditionFailure("\(R.table.name): a row is found before it is deleted")
        }
        let entry = entries[Int(slot)]
        if entry.change == .inserted {
            undo.append(.change(slot: slot, row: entry.row, change: .inserted))
            entries[Int(slot)].change = .dead
            forget(entry.row)
        } else {
            change(slot, to: entry.row, .deleted)
            for (_, index) in indexes { index.remove(entry.row) }
        }
    }

    private func change(_ slot: Int32, to row: R, _ change: Change) {
        let entry = entries[Int(slot)]
        undo.append(.change(slot: slot, row: entry.row, change: entry.change))
        if !entry.isTouched { touched.append(slot) }
        entries[Int(slot)] = Entry(row: row, change: change, isTouched: true)
        if entry.change == .deleted { for (_, index) in indexes { index.insert(row) } }
    }

    private func forget(_ row: R) {
        slots.removeValue(forKey: row.key)
        for (_, index) in indexes { index.remove(row) }
    }

    // MARK: Undoing, writing, forgetting

    override func undoLast() {
        switch undo.removeLast() {
        case .insertion(let slot):
            forget(entries[Int(slot)].row)
            entries[Int(slot)].change = .dead
        case .change(let slot, let row, let change):
            let current = entries[Int(slot)]
            entries[Int(slot)] = Entry(row: row, change: change, isTouched: true)
            if current.change == .dead { slots[row.key] = slot }
            if current.change == .dead || current.change == .deleted { for (_, index) in indexes { index.insert(row) } }
            if change == .deleted { for (_, index) in indexes { index.remove(row) } }
        }
    }

    override func loadMissed(from connection: any WriterConnection, book: BookID) throws {
        if !missed.isEmpty {
            for row in try connection.load(R.self, keys: Array(missed), book: book) { load(row) }
            for key in missed { noteAbsent(key) }
            missed.removeAll(keepingCapacity: true)
        }
        for (_, index) in indexes { try index.loadMissed(into: self, from: connection, book: book) }
    }

    override func flush(to connection: any WriterConnection, book: BookID) throws {
        guard !touched.isEmpty else { return }
        var inserted: [R] = []
        var updated: [R] = []
        var deleted: [R.Key] = []
        for slot in touched {
            let entry = entries[Int(slot)]
            switch entry.change {
            case .inserted: inserted.append(entry.row)
            case .updated: updated.append(entry.row)
            case .deleted: deleted.append(entry.row.key)
            case .none, .dead: break
            }
        }
        if !deleted.isEmpty { try connection.delete(R.self, keys: deleted, book: book) }
        if !inserted.isEmpty { try connection.insert(inserted, book: book) }
        if !updated.isEmpty { try connection.update(updated, book: book) }
    }

    override func batchCommitted() {
        for slot in touched {
            switch entries[Int(slot)].change {
            case .inserted, .updated: entries[Int(slot)].change = .none
            case .deleted:
                slots.removeValue(forKey: entries[Int(slot)].row.key)
                entries[Int(slot)].change = .dead
            case .none, .dead: break
            }
        }
        endBatch()
    }

    override func batchAbandoned() {
        while !undo.isEmpty { undoLast() }
        endBatch()
    }

    private func endBatch() {
        for slot in touched { entries[Int(slot)].isTouched = false }
        touched.removeAll(keepingCapacity: true)
        undo.removeAll(keepingCapacity: true)
        absent.removeAll(keepingCapacity: true)
        missed.removeAll(keepingCapacity: true)
        for (_, index) in indexes { index.endBatch() }
    }

    override var youngBytes: Int { entries.count * Self.rowBytes }

    override func ageRows() {
        olderSlots = slots
        olderEntries = entries
        slots = [:]
        entries = []
        for (_, index) in indexes { index.forgetAll() }
    }

    /// The row itself, its key in the dictionary, and its places in the indexes, roughly.
    private static var rowBytes: Int {
        MemoryLayout<Entry>.stride + 2 * MemoryLayout<R.Key>.stride + 32
            + 64 * (R.table.uniqueKeys.count + R.table.groupKeys.count)
    }
}

/// A table's cache without its row type: what the engine does to every table alike.
package class AnyTableCache {
    func undoLast() { preconditionFailure("abstract") }
    func loadMissed(from connection: any WriterConnection, book: BookID) throws { preconditionFailure("abstract") }
    func flush(to connection: any WriterConnection, book: BookID) throws { preconditionFailure("abstract") }
    func batchCommitted() { preconditionFailure("abstract") }
    func batchAbandoned() { preconditionFailure("abstract") }
    var youngBytes: Int { preconditionFailure("abstract") }
    func ageRows() { preconditionFailure("abstract") }
}
