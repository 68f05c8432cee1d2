/// The rows of one key that stand in no run yet, found by hash: entries in the order they came, each naming the one before it
/// of the same hash, and a table of the latest of each.
///
/// Open addressing with linear probing, at most half full. Twenty-four to twenty-eight bytes an entry, eight more in a list.
struct RunTail: Sendable {
    private(set) var entries: ContiguousArray<RunEntry> = []
    /// For each entry the place of the one before it with its hash, counted from 1; 0 for none.
    private var earlier: ContiguousArray<UInt32> = []
    private var leaps: RunLeaps?
    /// Places counted from 1; 0 is free. The count is a power of two.
    private var slots = ContiguousArray<UInt32>(repeating: 0, count: 16)
    private var usedSlotCount = 0

    /// - Parameter isList: Whether many rows may share a hash, and are read in pages.
    init(isList: Bool = false) {
        leaps = isList ? RunLeaps() : nil
    }

    var count: Int { entries.count }

    mutating func append(_ entry: RunEntry) {
        if (usedSlotCount + 1) * 2 > slots.count { grow() }
        let slot = slot(of: entry.hash)
        if slots[slot] == 0 { usedSlotCount += 1 }
        let before = slots[slot]
        let isAscending = before == 0 || self[before].id <= entry.id
        earlier.append(before)
        leaps?.append(after: before, isAscending: isAscending)
        entries.append(entry)
        slots[slot] = UInt32(entries.count)
    }

    /// Takes the latest entries away again, down to so many.
    mutating func truncate(to count: Int) {
        while entries.count > count {
            let slot = slot(of: entries[entries.count - 1].hash)
            slots[slot] = earlier.removeLast()
            leaps?.removeLast()
            if slots[slot] == 0 { free(slot) }
            entries.removeLast()
        }
    }

    /// Forgets everything and leaves its memory. One that holds little is emptied row by row: after a large batch each small one
    /// would else sweep all that memory.
    mutating func removeAll() {
        guard entries.count * 8 > slots.count else { return truncate(to: 0) }
        entries.removeAll(keepingCapacity: true)
        earlier.removeAll(keepingCapacity: true)
        leaps?.removeAll()
        for slot in slots.indices { slots[slot] = 0 }
        usedSlotCount = 0
    }

    /// Adds the ids under a hash to `ids`, the latest first, none above `through`, until there are `limit`; each once.
    func collect(_ hash: UInt64, through: Int64, limit: Int, into ids: inout [Int64]) {
        var place = slots[slot(of: hash)]
        while place != 0, self[place].id > through {
            let far = leaps?.target(place) ?? place
            place = far != place && self[far].id > through ? far : earlier[Int(place) - 1]
        }
        while place != 0, ids.count < limit {
            let id = self[place].id
            if id <= through, ids.last != id { ids.append(id) }
            place = earlier[Int(place) - 1]
        }
    }

    /// The entry at a place counted from 1.
    private subscript(place: UInt32) -> RunEntry { entries[Int(place) - 1] }

    // MARK: Slots

    /// The slot of this hash, or the free one where it would stand.
    private func slot(of hash: UInt64) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0, entries[Int(slots[slot]) - 1].hash != hash { slot = (slot + 1) & mask }
        return slot
    }

    private mutating func grow() {
        let latest = slots
        slots = ContiguousArray(repeating: 0, count: latest.count * 2)
        for place in latest where place != 0 { slots[slot(of: entries[Int(place) - 1].hash)] = place }
    }

    /// Closes the gap, so that whoever was pushed past this slot is still found: linear probing needs no gravestones then.
    private mutating func free(_ freed: Int) {
        usedSlotCount -= 1
        let mask = slots.count - 1
        var gap = freed
        var next = (gap + 1) & mask
        while slots[next] != 0 {
            let home = Int(truncatingIfNeeded: entries[Int(slots[next]) - 1].hash) & mask
            if (next - home) & mask >= (next - gap) & mask {
                slots[gap] = slots[next]
                slots[next] = 0
                gap = next
            }
            next = (next + 1) & mask
        }
    }

    /// What it takes in memory.
    var bytes: Int { entries.capacity * 16 + earlier.capacity * 4 + slots.count * 4 + (leaps?.bytes ?? 0) }
}
