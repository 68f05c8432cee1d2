/// The rows that the batch in hand has added, by a unique key that stands in runs. All others the runs know.
final class RunIndex<R: Row, Value: RowKey>: RowIndex<R> {
    private let key: UniqueKey<R, Value>
    private let hash: @Sendable (Value, KeyHash) -> UInt64
    private let start: KeyHash
    private var added = RunTail()

    init(key: UniqueKey<R, Value>, hash: @escaping @Sendable (Value, KeyHash) -> UInt64, start: KeyHash) {
        self.key = key
        self.hash = hash
        self.start = start
        super.init(of: key)
    }

    func hash(of value: Value) -> UInt64 { hash(value, start) }

    /// The internal ids of rows of this batch that may have the value, the latest first.
    func find(_ hash: UInt64) -> [Int64] {
        var ids: [Int64] = []
        if added.count > 0 { added.collect(hash, through: .max, limit: .max, into: &ids) }
        return ids
    }

    /// That no other row has its value is seen where the runs are.
    override func insert(_ row: R) -> Bool {
        if let entry = entry(of: row) { added.append(entry) }
        return true
    }

    override func put(_ row: R) {}

    /// Rows of such a table are never deleted, only undone, the latest first.
    override func remove(_ row: R) {
        guard let entry = entry(of: row) else { return }
        precondition(added.entries.last == entry, "\(R.table.name): what was added last is undone first")
        added.truncate(to: added.count - 1)
    }

    private func entry(of row: R) -> RunEntry? {
        var hash: UInt64?
        key.runKey?.file(row, start) { hash = $0 }
        return hash.map { RunEntry(hash: $0, id: row.runID) }
    }

    override func agrees(_ left: R, _ right: R) -> Bool {
        key.value(left).map(ExactKey.init) == key.value(right).map(ExactKey.init)
    }

    override func loadMissed(into cache: TableCache<R>, from connection: any WriterConnection, book: BookID) {}
    override func endBatch() { added.removeAll() }
    override func forgetAll() { added = RunTail() }
    override var bytes: Int { added.bytes }
}
