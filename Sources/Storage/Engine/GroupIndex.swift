/// The rows of a group key: each value names the rows known, and whether those are all.
final class GroupIndex<R: Row, Value: RowKey>: RowIndex<R> where R.Key: Comparable {
    private struct Group {
        /// Ascending, so that a body sees one order however its rows came into memory.
        var keys: [R.Key] = []
        var isWhole = false
    }

    private let key: GroupKey<R, Value>
    private var groups: [ExactKey<Value>: Group] = [:]
    private var keyCount = 0
    private var missed: Set<ExactKey<Value>> = []

    init(key: GroupKey<R, Value>) {
        self.key = key
        super.init(of: key)
    }

    /// The primary keys of the group's rows, or nil when not all of them are in memory.
    func find(_ value: Value) -> [R.Key]? {
        guard let group = groups[ExactKey(value)], group.isWhole else { return nil }
        return group.keys
    }

    func noteMiss(_ value: Value) {
        missed.insert(ExactKey(value))
    }

    override func insert(_ row: R) -> Bool {
        put(row)
        return true
    }

    override func put(_ row: R) {
        guard let value = key.value(row) else { return }
        if groups[ExactKey(value), default: Group()].keys.insertAscending(row.key) { keyCount += 1 }
    }

    override func remove(_ row: R) {
        guard let value = key.value(row) else { return }
        if groups[ExactKey(value)]?.keys.removeAscending(row.key) == true { keyCount -= 1 }
    }

    override func agrees(_ left: R, _ right: R) -> Bool {
        key.value(left).map(ExactKey.init) == key.value(right).map(ExactKey.init)
    }

    override func loadMissed(into cache: TableCache<R>, from rows: any RowSource, book: BookID) throws {
        guard !missed.isEmpty else { return }
        try load(ExactKey.inOrder(missed), into: cache, from: rows, book: book)
        missed.removeAll(keepingCapacity: true)
    }

    /// What the batch has added or taken away of a group stays so: only rows not known yet come in.
    func load(
        _ values: [Value], into cache: TableCache<R>, from rows: any RowSource, book: BookID
    ) throws {
        try cache.load(by: key.lookUp, values, from: rows, book: book)
        for value in values { groups[ExactKey(value), default: Group()].isWhole = true }
    }

    override func endBatch() {
        missed.forgetAll()
    }

    override func forgetAll() {
        groups = [:]
        keyCount = 0
        missed = []
    }

    override var bytes: Int {
        let value = MemoryLayout<Value>.stride + 1
        let places = groups.capacity * (value + MemoryLayout<Group>.stride) + missed.capacity * value
        // Each group's array has a header, and room to grow.
        return places * 4 / 3 + groups.count * 32 + keyCount * MemoryLayout<R.Key>.stride * 3 / 2
    }
}

extension Array where Element: RowKey & Comparable {
    /// Inserts into an ascending array; false when the key is there already. Keys mostly come in order: the end is tried first.
    fileprivate mutating func insertAscending(_ key: Element) -> Bool {
        if let last, !(last < key) {
            let place = place(of: key)
            if !place.isTaken { insert(key, at: place.index) }
            return !place.isTaken
        }
        append(key)
        return true
    }

    fileprivate mutating func removeAscending(_ key: Element) -> Bool {
        let place = place(of: key)
        if place.isTaken { remove(at: place.index) }
        return place.isTaken
    }

    private func place(of key: Element) -> (index: Int, isTaken: Bool) {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < key { low = middle + 1 } else { high = middle }
        }
        // Texts that Swift takes for equal may be different keys to the database: they lie side by side.
        while low < count, !(key < self[low]) {
            if Element.isSame(self[low], key) { return (low, true) }
            low += 1
        }
        return (low, false)
    }
}
