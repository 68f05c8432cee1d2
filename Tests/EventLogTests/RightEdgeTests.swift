import EventLog
import Testing

@Suite("The right edge of the tree")
struct RightEdgeTests {
    private let naive = NaiveTree(count: 300)

    @Test("has the root of RFC 6962 at every size from 0 to 300")
    func rootAtEverySize() {
        var edge = RightEdge()
        #expect(edge.root == .emptyRoot)
        for size in 1...300 {
            edge.append(.leaf(naive.leaves[size - 1]))
            #expect(edge.size == UInt64(size))
            #expect(edge.subtrees.count == size.nonzeroBitCount)
            #expect(edge.root == naive.root(size: size), "size \(size)")
        }
    }

    @Test("is read back from its bytes and grows on as if it had never been away")
    func survivesItsEncoding() throws {
        var edge = RightEdge()
        for size in 1...300 {
            edge = try #require(RightEdge(encoded: edge.encoded))
            edge.append(.leaf(naive.leaves[size - 1]))
        }
        #expect(edge.root == naive.root(size: 300))
        #expect(RightEdge(encoded: edge.encoded) == edge)
    }

    @Test("is empty when there are no bytes yet, which is not the same as bytes that say nothing")
    func emptyState() {
        #expect(RightEdge(encoded: []) == RightEdge())
        #expect(RightEdge(encoded: RightEdge().encoded) == RightEdge())
    }

    @Test("refuses bytes with a hash missing, a hash too many, or half a hash", arguments: [-32, -1, 1, 32])
    func refusesWrongLengths(difference: Int) {
        var edge = RightEdge()
        for leaf in naive.leaves.prefix(7) { edge.append(.leaf(leaf)) }
        let bytes = edge.encoded + [UInt8](repeating: 0, count: 32)
        #expect(RightEdge(encoded: Array(bytes.prefix(edge.encoded.count + difference))) == nil)
        #expect(RightEdge(encoded: [0, 0, 0]) == nil)
    }

    @Test("gives up the hash of each complete subtree of 256 and of 65,536 leaves, once, and right then")
    func yieldsTileHashes() {
        let leaves = (0..<65_792).map { TreeHash.leaf(Array("leaf \($0)".utf8)) }
        var edge = RightEdge()
        var tiles: [TileHash] = []
        for (position, leaf) in leaves.enumerated() {
            let before = tiles.count
            edge.append(leaf, completing: &tiles)
            let count = position + 1
            let expected = (count % 256 == 0 ? 1 : 0) + (count % 65_536 == 0 ? 1 : 0)
            if tiles.count - before != expected { Issue.record("\(tiles.count - before) hashes at leaf \(count)") }
        }
        #expect(tiles.filter { $0.level == 1 }.map(\.index) == Array(0..<257))
        #expect(tiles.filter { $0.level == 2 }.map(\.index) == [0])
        for tile in tiles where tile.level == 1 {
            var subtree = RightEdge()
            for leaf in leaves[Int(tile.index) * 256..<(Int(tile.index) + 1) * 256] { subtree.append(leaf) }
            if subtree.root != tile.hash { Issue.record("tile hash \(tile.index) is not its subtree's root") }
        }
    }
}
