import EventLog

/// RFC 6962 §2.1 written down as it stands there, recursion and all: what our faster code is compared with.
final class NaiveTree {
    let leaves: [[UInt8]]
    /// Only saves time: the same ranges come back for every size.
    private var known: [Range<Int>: TreeHash] = [:]

    init(leaves: [[UInt8]]) {
        self.leaves = leaves
    }

    /// Leaf n is its number in decimal, so that every leaf differs.
    convenience init(count: Int) {
        self.init(leaves: (0..<count).map { Array("leaf \($0)".utf8) })
    }

    /// MTH(D[range]).
    func root(_ range: Range<Int>) -> TreeHash {
        if range.isEmpty { return .emptyRoot }
        if range.count == 1 { return .leaf(leaves[range.lowerBound]) }
        if let hash = known[range] { return hash }
        let split = range.lowerBound + split(range.count)
        let hash = TreeHash.node(root(range.lowerBound..<split), root(split..<range.upperBound))
        known[range] = hash
        return hash
    }

    func root(size: Int) -> TreeHash { root(0..<size) }

    /// PATH(m, D[range]), m counted within the range.
    func path(_ m: Int, _ range: Range<Int>) -> [TreeHash] {
        guard range.count > 1 else { return [] }
        let k = split(range.count)
        let left = range.lowerBound..<range.lowerBound + k
        let right = left.upperBound..<range.upperBound
        return m < k ? path(m, left) + [root(right)] : path(m - k, right) + [root(left)]
    }

    /// SUBPROOF(m, D[range], b).
    func subproof(_ m: Int, _ range: Range<Int>, _ isOldRoot: Bool) -> [TreeHash] {
        if m == range.count { return isOldRoot ? [] : [root(range)] }
        let k = split(range.count)
        let left = range.lowerBound..<range.lowerBound + k
        let right = left.upperBound..<range.upperBound
        return m <= k
            ? subproof(m, left, isOldRoot) + [root(right)] : subproof(m - k, right, false) + [root(left)]
    }

    /// The largest power of two smaller than n.
    private func split(_ n: Int) -> Int {
        var k = 1
        while k * 2 < n { k *= 2 }
        return k
    }
}

extension NaiveTree: SubtreeHashes {
    func hash(level: Int, index: UInt64) -> TreeHash {
        root(Int(index) << level..<(Int(index) + 1) << level)
    }
}

/// A text that is not the base64 of 32 bytes stands where a hash should.
struct NotAHash: Error {
    let text: String
}

/// Reads a hash of the published probes, some of which are no hashes on purpose.
func hash(_ base64: String) throws -> TreeHash {
    guard let hash = TreeHash(base64: base64) else { throw NotAHash(text: base64) }
    return hash
}
