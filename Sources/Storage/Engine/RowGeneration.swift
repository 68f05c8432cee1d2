/// Rows of one table that came into memory in the same span of time, each in a slot of its own.
struct RowGeneration<R: Row> {
    typealias Slot = Int32

    /// What the batch in hand has made of a row.
    enum Change: UInt8 {
        /// The database has it so.
        case none
        case inserted
        case updated
        /// Deleted and made anew, under other unique values perhaps: written as a delete and an insert.
        case replaced
        case deleted
        /// Deleted by a batch before. Its key is remembered as one of no row: what is read while that batch is still being
        /// committed may show the row yet.
        case gone
        /// Made anew where a batch before had deleted it.
        case remade
        /// Inserted and taken back within the batch: the database never hears of it.
        case dead

        /// Whether bodies see the row.
        var isLive: Bool { self != .deleted && self != .gone && self != .dead }
        /// What the database is told.
        var inserts: Bool { self == .inserted || self == .remade || self == .replaced }
        var deletes: Bool { self == .deleted || self == .replaced }
    }

    struct Entry {
        var row: R
        var change: Change
        /// Listed among the batch's touched rows already.
        var isTouched = false
        /// What the row's texts and byte arrays take, as far as it has been read or written.
        var heapBytes: Int32 = 0
    }

    private var slots = KeySlots()
    var entries: ContiguousArray<Entry> = []
    private var heapBytes = 0

    subscript(slot: Slot) -> Entry {
        _read { yield entries[Int(slot)] }
        _modify { yield &entries[Int(slot)] }
    }

    var isEmpty: Bool { slots.count == 0 }

    @inline(__always)
    func slot(of key: R.Key) -> Slot? {
        slots.find(key.tableHash) { R.Key.isSame(entries[Int($0)].row.key, key) }
    }

    mutating func add(_ entry: Entry, key: R.Key) -> Slot {
        let slot = Slot(entries.count)
        entries.append(entry)
        heapBytes += Int(entry.heapBytes)
        slots.insert(key.tableHash, slot)
        return slot
    }

    /// Makes a key find this slot again.
    mutating func link(_ key: R.Key, to slot: Slot) {
        unlink(key)
        slots.insert(key.tableHash, slot)
    }

    /// Makes a key find nothing. Its entry stays until the generation goes.
    mutating func unlink(_ key: R.Key) { _ = remove(key) }

    private mutating func remove(_ key: R.Key) -> Slot? {
        let entries = entries
        return slots.remove(key.tableHash) { R.Key.isSame(entries[Int($0)].row.key, key) }
    }

    /// Takes a row out of this generation.
    mutating func take(_ key: R.Key) -> Entry? {
        remove(key).map { entries[Int($0)] }
    }

    /// Notes what a written row takes beside its entry.
    mutating func weigh(_ slot: Slot, heapBytes bytes: Int) {
        heapBytes += bytes - Int(entries[Int(slot)].heapBytes)
        entries[Int(slot)].heapBytes = Int32(clamping: bytes)
    }

    /// What the rows, and the table that finds them, take in memory. Deleted rows count until their generation goes.
    var bytes: Int {
        entries.capacity * MemoryLayout<Entry>.stride + slots.bytes + heapBytes
    }
}
