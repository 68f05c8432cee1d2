/// Ways back over many rows of one list at once: a page far back in a busy account's postings is found in as many steps as its
/// count has digits, and not by walking through all that came since, while the writer waits.
///
/// Each entry names, beside the one before it, one further back, so chosen that leaps double: skew-binary jump pointers, after
/// E. W. Myers, 1983.
struct RunLeaps: Sendable {
    /// How many entries of the list are before this one.
    private var depths: ContiguousArray<UInt32> = []
    /// The place of an entry further back, counted from 1; of the list's first entry, its own.
    private var targets: ContiguousArray<UInt32> = []
    /// Two lists share a hash, and their rows came in no one order: leaps would pass over some.
    private var isMixed = false

    /// Adds the next entry.
    /// - Parameter before: The place of the entry before it in its list; 0 for none.
    mutating func append(after before: UInt32, isAscending: Bool) {
        isMixed = isMixed || !isAscending
        guard before != 0 else {
            depths.append(0)
            return targets.append(UInt32(targets.count + 1))
        }
        let first = targets[Int(before) - 1]
        let second = targets[Int(first) - 1]
        let isEven = depth(before) - depth(first) == depth(first) - depth(second)
        depths.append(depth(before) + 1)
        targets.append(isEven ? second : before)
    }

    mutating func removeLast() {
        depths.removeLast()
        targets.removeLast()
    }

    mutating func removeAll() {
        depths.removeAll(keepingCapacity: true)
        targets.removeAll(keepingCapacity: true)
        isMixed = false
    }

    /// Where a leap from a place leads; to itself where there is none.
    func target(_ place: UInt32) -> UInt32 { isMixed ? place : targets[Int(place) - 1] }

    private func depth(_ place: UInt32) -> UInt32 { depths[Int(place) - 1] }

    var bytes: Int { (depths.capacity + targets.capacity) * 4 }
}
