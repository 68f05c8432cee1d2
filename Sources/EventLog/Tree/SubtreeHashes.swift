/// Where the hashes of complete subtrees come from when a proof is made.
///
/// The subtree at `level` and `index` is the one of 2^level leaves from leaf `index` × 2^level.
package protocol SubtreeHashes {
    func hash(level: Int, index: UInt64) throws -> TreeHash
}

extension SubtreeHashes {
    /// The hash of the leaves in `range`, which begins at a multiple of a power of two no smaller than its width,
    /// as every range of RFC 6962's recursion does: its complete subtrees, folded from the right.
    func hash(of range: Range<UInt64>) throws -> TreeHash {
        var complete: [TreeHash] = []
        var start = range.lowerBound
        while start < range.upperBound {
            let level = (range.upperBound - start).bitWidth - 1 - (range.upperBound - start).leadingZeroBitCount
            complete.append(try hash(level: level, index: start >> UInt64(level)))
            start += 1 << UInt64(level)
        }
        guard var hash = complete.popLast() else { return .emptyRoot }
        while let left = complete.popLast() { hash = .node(left, hash) }
        return hash
    }

    /// The root of the tree as it was when it had `size` leaves.
    package func root(size: UInt64) throws -> TreeHash { try hash(of: 0..<size) }
}
