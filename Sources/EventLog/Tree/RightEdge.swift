/// What is needed of a Merkle tree to go on appending to it: the roots of its complete subtrees, widest first.
///
/// A tree of `size` leaves has one complete subtree for each bit set in `size`. Appending a leaf merges the subtrees of
/// equal width, one node hash each, which is one node hash for each leaf over time. The right edge is at most 64 hashes, it
/// lies in the book's head row, and it gives the root at any moment.
package struct RightEdge: Equatable, Sendable {
    /// How many leaves the tree has, which is the sequence of the last event.
    package private(set) var size: UInt64 = 0
    /// Roots of the complete subtrees, widest (leftmost) first.
    package private(set) var subtrees: [TreeHash] = []

    package init() {}

    /// Nil unless there is one subtree for each bit set in `size`.
    package init?(size: UInt64, subtrees: [TreeHash]) {
        guard subtrees.count == size.nonzeroBitCount else { return nil }
        self.size = size
        self.subtrees = subtrees
    }

    /// Appends a leaf, and adds to `tiles` the hashes of those subtrees it completes that the store keeps.
    package mutating func append(_ leaf: TreeHash, completing tiles: inout [TileHash]) {
        var hash = leaf
        var level = 0
        while size >> UInt64(level) & 1 == 1 {
            hash = .node(subtrees.removeLast(), hash)
            level += 1
            if level % TileHash.levelStride == 0 {
                tiles.append(TileHash(level: level / TileHash.levelStride, index: size >> UInt64(level), hash: hash))
            }
        }
        subtrees.append(hash)
        size += 1
    }

    /// The same for who only wants the root, such as a verifier.
    package mutating func append(_ leaf: TreeHash) {
        var unused: [TileHash] = []
        append(leaf, completing: &unused)
    }

    package var root: TreeHash {
        guard var root = subtrees.last else { return .emptyRoot }
        for subtree in subtrees.dropLast().reversed() { root = .node(subtree, root) }
        return root
    }
}
