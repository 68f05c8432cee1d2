/// Which slot each key's row is in: open addressing with linear probing, at most half full. The keys stand in their rows; here
/// are a part of each one's hash and its slot, so that a look-up touches one line of memory and, when it finds, one row.
struct KeySlots: Sendable {
    private struct Place {
        var hash: UInt32 = 0
        /// Counted from 1; 0 is free.
        var slot: UInt32 = 0
    }

    /// The count is a power of two.
    private var places = ContiguousArray(repeating: Place(), count: 16)
    private(set) var count = 0

    /// The slot of the key with this hash for which `isSame` answers true.
    @inline(__always)
    func find(_ hash: UInt64, isSame: (Int32) -> Bool) -> Int32? {
        guard let place = place(of: hash, isSame: isSame) else { return nil }
        return Int32(bitPattern: places[place].slot) - 1
    }

    /// Enters a key that is not there.
    mutating func insert(_ hash: UInt64, _ slot: Int32) {
        if (count + 1) * 2 > places.count { grow() }
        enter(Place(hash: UInt32(truncatingIfNeeded: hash), slot: UInt32(bitPattern: slot + 1)))
        count += 1
    }

    /// Takes a key out and answers its slot; nil when it is not there.
    mutating func remove(_ hash: UInt64, isSame: (Int32) -> Bool) -> Int32? {
        guard let place = place(of: hash, isSame: isSame) else { return nil }
        let slot = Int32(bitPattern: places[place].slot) - 1
        free(place)
        return slot
    }

    var bytes: Int { places.count * MemoryLayout<Place>.stride }

    @inline(__always)
    private func place(of hash: UInt64, isSame: (Int32) -> Bool) -> Int? {
        let sought = UInt32(truncatingIfNeeded: hash)
        var place = Int(sought) & (places.count - 1)
        while places[place].slot != 0 {
            if places[place].hash == sought, isSame(Int32(bitPattern: places[place].slot) - 1) { return place }
            place = (place + 1) & (places.count - 1)
        }
        return nil
    }

    private mutating func enter(_ entry: Place) {
        var place = Int(entry.hash) & (places.count - 1)
        while places[place].slot != 0 { place = (place + 1) & (places.count - 1) }
        places[place] = entry
    }

    private mutating func grow() {
        let entries = places
        places = ContiguousArray(repeating: Place(), count: entries.count * 2)
        for entry in entries where entry.slot != 0 { enter(entry) }
    }

    /// Closes the gap, so that whoever was pushed past it is still found.
    private mutating func free(_ freed: Int) {
        count -= 1
        let mask = places.count - 1
        var gap = freed
        var next = (gap + 1) & mask
        while places[next].slot != 0 {
            let home = Int(places[next].hash) & mask
            if (next - home) & mask >= (next - gap) & mask {
                places[gap] = places[next]
                gap = next
            }
            next = (next + 1) & mask
        }
        places[gap] = Place()
    }
}
