/// The rows of a unique key: each value names one row, or is known to name none.
final class UniqueIndex<R: Row, Value: RowKey>: RowIndex<R> {
    enum Found {
        case key(R.Key)
        case absent
        case missing
    }

    private let key: UniqueKey<R, Value>
    private var keys: [ExactKey<Value>: R.Key] = [:]
    private var absent: Set<ExactKey<Value>> = []
    private var missed: Set<ExactKey<Value>> = []

    init(key: UniqueKey<R, Value>) {
        self.key = key
        super.init(of: key)
    }

    func find(_ value: Value) -> Found {
        if let found = keys[ExactKey(value)] { return .key(found) }
        return absent.contains(ExactKey(value)) ? .absent : .missing
    }

    func noteMiss(_ value: Value) {
        missed.insert(ExactKey(value))
    }

    override func insert(_ row: R) -> Bool { key.insert(self, row) }

    func add(_ row: R, of value: Value?) -> Bool {
        guard let value else { return true }
        let rowKey = row.key
        guard let other = keys.updateValue(rowKey, forKey: ExactKey(value)), !R.Key.isSame(other, rowKey) else {
            return true
        }
        keys[ExactKey(value)] = other
        return false
    }

    override func put(_ row: R) {
        if let value = key.value(row) { keys[ExactKey(value)] = row.key }
    }

    override func remove(_ row: R) {
        guard let value = key.value(row).map(ExactKey.init) else { return }
        if let found = keys[value], R.Key.isSame(found, row.key) { keys.removeValue(forKey: value) }
    }

    override func agrees(_ left: R, _ right: R) -> Bool {
        key.value(left).map(ExactKey.init) == key.value(right).map(ExactKey.init)
    }

    override func loadMissed(into cache: TableCache<R>, from rows: any RowSource, book: BookID) throws {
        guard !missed.isEmpty else { return }
        try load(key.order(missed), into: cache, from: rows, book: book)
        missed.removeAll(keepingCapacity: true)
    }

    /// A value whose row the batch has deleted is loaded in vain, and so is absent.
    func load(
        _ values: [Value], into cache: TableCache<R>, from rows: any RowSource, book: BookID
    ) throws {
        try cache.load(by: key.lookUp, values, from: rows, book: book)
        for value in values where keys[ExactKey(value)] == nil { absent.insert(ExactKey(value)) }
    }

    override func endBatch() {
        absent.forgetAll()
        missed.forgetAll()
    }

    override func forgetAll() {
        keys = [:]
        absent = []
        missed = []
    }

    /// The values' own texts are those of the rows.
    override var bytes: Int {
        let value = MemoryLayout<Value>.stride + 1
        return (keys.capacity * (value + MemoryLayout<R.Key>.stride) + (absent.capacity + missed.capacity) * value)
            * 4 / 3
    }
}
