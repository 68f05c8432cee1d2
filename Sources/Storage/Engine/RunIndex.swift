/// The rows that no run is sure to know yet, by a unique key that stands in runs: those the batch in hand has added, and those of
/// the batch that is being committed.
final class RunIndex<R: Row, Value: RowKey>: RowIndex<R> {
    private let key: UniqueKey<R, Value>
    private let hash: @Sendable (Value, KeyHash) -> UInt64
    private let start: KeyHash
    private var added = RunTail()
    private var committing = RunTail()
    /// The hash that was last looked for in vain: whoever adds a row has looked for it before, and need not do so twice.
    private var absent: UInt64?

    init(key: UniqueKey<R, Value>, hash: @escaping @Sendable (Value, KeyHash) -> UInt64, start: KeyHash) {
        self.key = key
        self.hash = hash
        self.start = start
        super.init(of: key)
    }

    func hash(of value: Value) -> UInt64 { hash(value, start) }

    /// The internal ids of rows that may have the value, the latest first: here, or in the runs.
    func find(_ hash: UInt64, in runs: TableRuns<R>) throws(StorageFault) -> [Int64] {
        var ids: [Int64] = []
        if added.count > 0 { added.collect(hash, through: .max, limit: .max, into: &ids) }
        if committing.count > 0 { committing.collect(hash, through: .max, limit: .max, into: &ids) }
        if absent == hash { return ids }
        let found = try runs.find(key: R.table.place(inRuns: key), hash)
        if found.isEmpty { absent = hash }
        return ids + found
    }

    /// That no other row has its value is seen where the runs are.
    override func insert(_ row: R) -> Bool {
        if let entry = entry(of: row) { added.append(entry) }
        return true
    }

    override func put(_ row: R) {}

    /// Rows are undone the latest first.
    override func remove(_ row: R) {
        guard let entry = entry(of: row) else { return }
        precondition(added.entries.last == entry, "\(R.table.name): what was added last is undone first")
        added.truncate(to: added.count - 1)
    }

    /// Its entry stays: whoever comes upon it finds no row.
    override func delete(_ row: R) {}

    private func entry(of row: R) -> RunEntry? {
        var hash: UInt64?
        key.runKey?.file(row, start) { hash = $0 }
        return hash.map { RunEntry(hash: $0, id: row.runID) }
    }

    override func agrees(_ left: R, _ right: R) -> Bool {
        key.value(left).map(ExactKey.init) == key.value(right).map(ExactKey.init)
    }

    override func loadMissed(into cache: TableCache<R>, from rows: any RowSource, book: BookID) {}

    override func endBatch() {
        added.removeAll()
        absent = nil
    }

    /// Until the commit has filed its rows with the runs, they are found here.
    override func beginCommit() {
        swap(&added, &committing)
    }

    override func endCommit() {
        committing.removeAll()
    }

    override func forgetAll() {
        added = RunTail()
        committing = RunTail()
        absent = nil
    }

    override var bytes: Int { added.bytes + committing.bytes }
}
