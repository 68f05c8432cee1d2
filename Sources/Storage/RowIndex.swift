/// Finds a table's rows in memory by another key than the primary one.
package class RowIndex<R: Row> {
    func insert(_ row: R) { preconditionFailure("abstract") }
    func remove(_ row: R) { preconditionFailure("abstract") }
    func loadMissed(into cache: TableCache<R>, from connection: any WriterConnection, book: BookID) throws {
        preconditionFailure("abstract")
    }
    func endBatch() { preconditionFailure("abstract") }
    func forgetAll() { preconditionFailure("abstract") }
}

/// The rows of a unique key: each value names one row, or is known to name none.
final class UniqueIndex<R: Row, Value: RowKey>: RowIndex<R> {
    enum Found {
        case key(R.Key)
        case absent
        case missing
    }

    private let key: UniqueKey<R, Value>
    private var keys: [Value: R.Key] = [:]
    private var absent: Set<Value> = []
    private var missed: Set<Value> = []

    init(key: UniqueKey<R, Value>) {
        self.key = key
    }

    func find(_ value: Value) -> Found {
        if let found = keys[value] { return .key(found) }
        return absent.contains(value) ? .absent : .missing
    }

    func noteMiss(_ value: Value) {
        missed.insert(value)
    }

    func noteAbsent(_ value: Value) {
        absent.insert(value)
    }

    override func insert(_ row: R) {
        if let value = key.value(row) { keys[value] = row.key }
    }

    override func remove(_ row: R) {
        if let value = key.value(row), keys[value] == row.key { keys.removeValue(forKey: value) }
    }

    override func loadMissed(into cache: TableCache<R>, from connection: any WriterConnection, book: BookID) throws {
        guard !missed.isEmpty else { return }
        for row in try connection.load(R.self, where: key.columns, are: Array(missed), book: book) { cache.load(row) }
        for value in missed where keys[value] == nil { absent.insert(value) }
        missed.removeAll(keepingCapacity: true)
    }

    override func endBatch() {
        absent.removeAll(keepingCapacity: true)
        missed.removeAll(keepingCapacity: true)
    }

    override func forgetAll() {
        keys = [:]
    }
}

/// The rows of a group key: each value names the rows known, and whether those are all.
final class GroupIndex<R: Row, Value: RowKey>: RowIndex<R> {
    private struct Group {
        var keys: [R.Key]
        var isWhole: Bool
    }

    private let key: GroupKey<R, Value>
    private var groups: [Value: Group] = [:]
    private var missed: Set<Value> = []

    init(key: GroupKey<R, Value>) {
        self.key = key
    }

    /// The primary keys of the group's rows, or nil when not all of them are in memory.
    func find(_ value: Value) -> [R.Key]? {
        guard let group = groups[value], group.isWhole else { return nil }
        return group.keys
    }

    func noteMiss(_ value: Value) {
        missed.insert(value)
    }

    override func insert(_ row: R) {
        guard let value = key.value(row) else { return }
        let rowKey = row.key
        if groups[value]?.keys.contains(rowKey) != true {
            groups[value, default: Group(keys: [], isWhole: false)].keys.append(rowKey)
        }
    }

    override func remove(_ row: R) {
        guard let value = key.value(row) else { return }
        groups[value]?.keys.removeAll { $0 == row.key }
    }

    override func loadMissed(into cache: TableCache<R>, from connection: any WriterConnection, book: BookID) throws {
        guard !missed.isEmpty else { return }
        for row in try connection.load(R.self, where: key.columns, are: Array(missed), book: book) { cache.load(row) }
        for value in missed { groups[value, default: Group(keys: [], isWhole: true)].isWhole = true }
        missed.removeAll(keepingCapacity: true)
    }

    override func endBatch() {
        missed.removeAll(keepingCapacity: true)
    }

    override func forgetAll() {
        groups = [:]
    }
}
