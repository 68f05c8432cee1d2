/// The hashes that tie one leaf to the root of a tree: RFC 9162 §2.1.3.
///
/// An index counts from 0; the event with sequence n is the leaf with index n − 1.
package struct InclusionProof: Hashable, Sendable {
    package let index: UInt64
    package let size: UInt64
    /// From the leaf's sibling up to the child of the root.
    package let hashes: [TreeHash]

    package init(index: UInt64, size: UInt64, hashes: [TreeHash]) {
        self.index = index
        self.size = size
        self.hashes = hashes
    }
}

extension InclusionProof {
    /// Makes the proof for the leaf at `index` in the tree of `size` leaves; nil when the leaf is not in that tree.
    package init?(index: UInt64, size: UInt64, from subtrees: some SubtreeHashes) throws {
        guard index < size else { return nil }
        var hashes: [TreeHash] = []
        var range = 0..<size
        while range.upperBound - range.lowerBound > 1 {
            let split = range.lowerBound + Self.largestPowerOfTwo(below: range.upperBound - range.lowerBound)
            let left = range.lowerBound..<split
            let right = split..<range.upperBound
            hashes.append(try subtrees.hash(of: index < split ? right : left))
            range = index < split ? left : right
        }
        self.init(index: index, size: size, hashes: hashes.reversed())
    }

    /// RFC 6962's k: the largest power of two smaller than `count`, which is at least 2.
    static func largestPowerOfTwo(below count: UInt64) -> UInt64 {
        1 << UInt64(63 - (count - 1).leadingZeroBitCount)
    }
}

extension InclusionProof {
    /// Checks that `leaf` stands at `index` in the tree whose root is `root`: RFC 9162 §2.1.3.2.
    package func verify(leaf: TreeHash, root: TreeHash) throws(ProofRejection) {
        guard index < size else { throw .outsideTheTree(index: index, size: size) }
        var node = index
        var last = size - 1
        var hash = leaf
        for sibling in hashes {
            guard last > 0 else { throw .tooLong }
            if node & 1 == 1 || node == last {
                hash = .node(sibling, hash)
                while node & 1 == 0 && node > 0 {
                    node >>= 1
                    last >>= 1
                }
            } else {
                hash = .node(hash, sibling)
            }
            node >>= 1
            last >>= 1
        }
        guard last == 0 else { throw .tooShort }
        guard hash == root else { throw .otherRoot }
    }
}
