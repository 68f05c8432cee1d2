/// The hashes that show that a tree only grew: RFC 9162 §2.1.4. Nothing in its first `from` leaves was changed or taken out.
package struct ConsistencyProof: Hashable, Sendable {
    package let from: UInt64
    package let to: UInt64
    package let hashes: [TreeHash]

    package init(from: UInt64, to: UInt64, hashes: [TreeHash]) {
        self.from = from
        self.to = to
        self.hashes = hashes
    }
}

extension ConsistencyProof {
    /// Makes the proof from the tree of `from` leaves to that of `to`; nil unless 0 < from ≤ to.
    /// From the empty tree there is nothing to prove, and RFC 9162 defines no proof.
    package init?(from: UInt64, to: UInt64, from subtrees: some SubtreeHashes) throws {
        guard from > 0, from <= to else { return nil }
        var hashes: [TreeHash] = []
        var range = 0..<to
        // Whoever holds the old root needs no copy of it, which is the case while we only walked to the left.
        var isOldRoot = true
        while range.upperBound > from {
            let split = range.lowerBound + InclusionProof.largestPowerOfTwo(below: range.upperBound - range.lowerBound)
            if from <= split {
                hashes.append(try subtrees.hash(of: split..<range.upperBound))
                range = range.lowerBound..<split
            } else {
                hashes.append(try subtrees.hash(of: range.lowerBound..<split))
                range = split..<range.upperBound
                isOldRoot = false
            }
        }
        if !isOldRoot { hashes.append(try subtrees.hash(of: range)) }
        self.init(from: from, to: to, hashes: hashes.reversed())
    }
}

extension ConsistencyProof {
    /// Checks that the tree with `newRoot` grew out of the one with `oldRoot`: RFC 9162 §2.1.4.2.
    package func verify(oldRoot: TreeHash, newRoot: TreeHash) throws(ProofRejection) {
        guard from > 0 else { throw .fromTheEmptyTree }
        guard from <= to else { throw .outsideTheTree(index: from, size: to) }
        guard from < to else {
            guard hashes.isEmpty else { throw .tooLong }
            guard oldRoot == newRoot else { throw .otherRoot }
            return
        }
        try verifyGrowth(oldRoot: oldRoot, newRoot: newRoot)
    }

    private func verifyGrowth(oldRoot: TreeHash, newRoot: TreeHash) throws(ProofRejection) {
        var path = hashes[...]
        // A complete old tree is itself a node of the new one, and then the proof leaves its root out.
        guard let first = from.nonzeroBitCount == 1 ? oldRoot : path.popFirst(), !hashes.isEmpty else {
            throw .tooShort
        }
        let climbed = UInt64((from - 1).trailingOneBitCount)
        var node = (from - 1) >> climbed
        var last = (to - 1) >> climbed
        var old = first
        var new = first
        for sibling in path {
            guard last > 0 else { throw .tooLong }
            if node & 1 == 1 || node == last {
                old = .node(sibling, old)
                new = .node(sibling, new)
                while node & 1 == 0 && node > 0 {
                    node >>= 1
                    last >>= 1
                }
            } else {
                new = .node(new, sibling)
            }
            node >>= 1
            last >>= 1
        }
        guard last == 0 else { throw .tooShort }
        guard old == oldRoot, new == newRoot else { throw .otherRoot }
    }
}

extension UInt64 {
    fileprivate var trailingOneBitCount: Int { (~self).trailingZeroBitCount }
}
