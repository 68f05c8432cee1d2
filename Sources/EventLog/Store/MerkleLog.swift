import Storage

/// Extends a book's Merkle tree by the events of each batch, in the batch's own transaction.
///
/// It keeps nothing between batches: the head row brings the right edge and takes it back. So a batch that is rolled back, or
/// another process that wrote in between, needs no care here.
package struct MerkleLog: LogExtension {
    package init() {}

    /// - Throws: `StorageFault.disagrees` when the head's tree is not that of the events before `firstSequence`. The process stops:
    ///   whatever is appended on such a head could never be proved.
    package func extend(
        _ tree: inout [UInt8], by entries: LogEntries, firstSequence: Int64
    ) throws -> [LogTile] {
        guard var edge = RightEdge(encoded: tree), Int64(exactly: edge.size) == firstSequence - 1 else {
            throw StorageFault.disagrees("the head's tree is not that of the events before \(firstSequence)")
        }
        var tiles: [TileHash] = []
        entries.forEach { edge.append(.leaf($0), completing: &tiles) }
        tree = edge.encoded
        return tiles.map {
            LogTile(level: Int64($0.level), index: Int64($0.index), hashes: $0.hash.bytes)
        }
    }
}
