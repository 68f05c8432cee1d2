/// Where the stored hashes lie: the leaves beside their events at tile level 0, the tile hashes above.
package protocol TileSource {
    /// The hashes of one tile level at the given places, in order; fewer when some are missing.
    func hashes(tileLevel: Int, in places: Range<UInt64>) throws -> [TreeHash]
}

/// A stored hash that the size of the tree promises is not there: the log disagrees with itself.
package struct MissingTreeHashes: Error, Hashable, Sendable {
    package let tileLevel: Int
    package let places: Range<UInt64>

    package init(tileLevel: Int, places: Range<UInt64>) {
        self.tileLevel = tileLevel
        self.places = places
    }
}

/// Every complete subtree, computed from the nearest stored level below it: at most 128 stored hashes for one node.
package struct TiledTree<Source: TileSource>: SubtreeHashes {
    package let source: Source

    package init(source: Source) {
        self.source = source
    }

    package func hash(level: Int, index: UInt64) throws -> TreeHash {
        let tileLevel = min(level / TileHash.levelStride, TileHash.levelMax)
        let height = UInt64(level - tileLevel * TileHash.levelStride)
        let places = (index << height)..<((index + 1) << height)
        var row = try source.hashes(tileLevel: tileLevel, in: places)
        guard row.count == places.count else { throw MissingTreeHashes(tileLevel: tileLevel, places: places) }
        while row.count > 1 {
            row = stride(from: 0, to: row.count, by: 2).map { .node(row[$0], row[$0 + 1]) }
        }
        return row[0]
    }
}
