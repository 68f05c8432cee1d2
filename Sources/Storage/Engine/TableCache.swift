/// A book's rows of one table in memory: what was read, what the batch in hand has changed, and how to undo that.
///
/// Two generations of rows bound the memory: what is used moves to the young one, and when that has grown large it
/// becomes the older one and the former older one is forgotten at once. Rows of the batch in hand are always young, and
/// the indexes know exactly the live rows of the young generation.
final class TableCache<R: Row> {
    typealias Slot = RowGeneration<R>.Slot
    typealias Change = RowGeneration<R>.Change

    /// How one change is undone: the slot as it was before, or that there was none.
    struct Undo {
        let slot: Slot
        let before: (row: R, change: Change)?
    }

    enum Found {
        case row(R)
        case absent
        case missing
    }

    var young = RowGeneration<R>()
    var older = RowGeneration<R>()
    /// Slots the batch has changed, each once, in the order of their first change.
    var touched: [Slot] = []
    var undo: [Undo] = []
    /// Keys the database was asked for in this batch and has no row of.
    var absent: Set<ExactKey<R.Key>> = []
    var missed: Set<ExactKey<R.Key>> = []
    let indexes: [RowIndex<R>]

    /// - Parameter hashStart: The book's, where runs answer for the keys declared so.
    init(hashStart: KeyHash?) {
        indexes =
            R.table.uniqueKeys.map { $0.makeIndex(hashStart: hashStart) } + R.table.groupKeys.map { $0.makeIndex() }
    }

    func find(_ key: R.Key) -> Found {
        if let slot = slot(of: key) {
            return young.entries[Int(slot)].change.isLive ? .row(young.entries[Int(slot)].row) : .absent
        }
        return absent.contains(ExactKey(key)) ? .absent : .missing
    }

    /// Whether looking for the key needs no look into the database.
    func isKnown(_ key: R.Key) -> Bool {
        slot(of: key) != nil || absent.contains(ExactKey(key))
    }

    func index(_ key: AnyObject) -> RowIndex<R> {
        for index in indexes where index.identity == ObjectIdentifier(key) { return index }
        preconditionFailure("\(R.table.name) does not declare this key")
    }

    func noteMiss(_ key: R.Key) {
        missed.insert(ExactKey(key))
    }

    /// Loads rows by their keys, and remembers which of them the database does not have.
    func load(_ keys: [R.Key], from rows: any RowSource, book: BookID) throws {
        try load(by: R.table.keyLookUp, keys, from: rows, book: book)
        for key in keys where slot(of: key) == nil { absent.insert(ExactKey(key)) }
    }

    /// Loads the rows of which the columns of a look-up have one of these values.
    func load(by lookUp: LookUp, _ values: [some RowKey], from rows: any RowSource, book: BookID) throws {
        try rows.read(R.table, by: lookUp, count: values.count, book: book) { index, columns in
            values[index].write(to: &columns)
        } take: { columns in
            load(try StoredRow(from: &columns))
        }
    }

    /// Takes in a row as the database has it. What the batch has made of it meanwhile stays.
    private func load(_ stored: StoredRow<R>) {
        let key = stored.row.key
        guard slot(of: key) == nil else { return }
        add(.init(row: stored.row, change: .none, heapBytes: Int32(clamping: stored.heapBytes)), key: key)
    }

    /// The row's place among the young, where it is moved when it is found among the older.
    func slot(of key: R.Key) -> Slot? {
        if let slot = young.slot(of: key) { return slot }
        guard let entry = older.take(key) else { return nil }
        return add(entry, key: key)
    }

    @discardableResult
    private func add(_ entry: RowGeneration<R>.Entry, key: R.Key) -> Slot {
        if entry.change.isLive { for index in indexes { index.put(entry.row) } }
        return young.add(entry, key: key)
    }
}

/// A row as the database has it, and what its texts and byte arrays take on the heap, which counts against the cache.
package struct StoredRow<R: Row> {
    package let row: R
    package let heapBytes: Int
}
