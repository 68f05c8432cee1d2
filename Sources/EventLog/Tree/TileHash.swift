/// One stored hash of a tile: the root of a complete subtree that is 256, 256² … leaves wide.
///
/// Tiles are those of C2SP tlog-tiles: eight levels of the tree high, 256 hashes wide. The hashes of the lowest tiles
/// (level 0) are the leaves, which stand beside their events. Of the levels above, each hash becomes a row of its own at
/// the moment its subtree is complete: a row of 32 bytes for each 256 events, written once, in order, never changed.
///
/// A whole tile per row was turned down: it would have to be held back until its 256th hash, and so read again after each
/// restart, or be rewritten as it fills. A tile that is not full yet is simply the rows that are there; the nodes right of
/// the last complete subtree are computed from leaves, at most 255 of them, and at most 255 rows on each level above.
package struct TileHash: Hashable, Sendable {
    /// Levels of the tree that one tile spans.
    package static let levelStride = 8
    /// Hashes in a full tile.
    package static let width: UInt64 = 1 << UInt64(levelStride)
    /// The tile level that reaches the top of any tree of 2⁶³ leaves.
    package static let levelMax = 7

    /// Tile level, from 1; the subtree below is 256^level leaves wide.
    package let level: Int
    /// Place among the subtrees of this level, from 0: it covers the leaves from index × 256^level.
    package let index: UInt64
    package let hash: TreeHash

    package init(level: Int, index: UInt64, hash: TreeHash) {
        self.level = level
        self.index = index
        self.hash = hash
    }
}
