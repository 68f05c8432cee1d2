import EventLog
import SummaTestKit
import Testing

@Suite("A tree read from its tiles")
struct TiledTreeTests {
    /// Leaves and tile hashes as the store keeps them, without the store.
    private struct KeptHashes: TileSource {
        var levels: [[TreeHash]]

        func hashes(tileLevel: Int, in places: Range<UInt64>) -> [TreeHash] {
            let level = levels[tileLevel]
            return Array(level[min(Int(places.lowerBound), level.count)..<min(Int(places.upperBound), level.count)])
        }
    }

    /// Two full tiles on level 2 begun, and a ragged right edge on every level.
    private static let leafCount = 2 * 65_536 + 3 * 256 + 17

    private static let grown: (tree: KeptHashes, roots: [TreeHash]) = {
        var kept = KeptHashes(levels: Array(repeating: [], count: 8))
        var edge = RightEdge()
        var tiles: [TileHash] = []
        var roots = [edge.root]
        for number in 0..<leafCount {
            let leaf = TreeHash.leaf(Array("leaf \(number)".utf8))
            kept.levels[0].append(leaf)
            edge.append(leaf, completing: &tiles)
            roots.append(number % 97 == 0 || number == leafCount - 1 ? edge.root : .emptyRoot)
        }
        for tile in tiles { kept.levels[tile.level].append(tile.hash) }
        return (kept, roots)
    }()

    private let tree = TiledTree(source: Self.grown.tree)
    private let size = UInt64(Self.leafCount)

    @Test("keeps 514 hashes of 256 leaves and two of 65,536")
    func storedHashes() {
        #expect(tree.source.levels.map(\.count) == [Self.leafCount, 515, 2, 0, 0, 0, 0, 0])
    }

    @Test("has the root the right edge had at each size")
    func rootsOfThePast() throws {
        for size in stride(from: 1, to: Self.leafCount, by: 97 * 13) {
            #expect(try tree.root(size: UInt64(size)) == Self.grown.roots[size], "size \(size)")
        }
        #expect(try tree.root(size: size) == Self.grown.roots[Self.leafCount])
    }

    @Test("proves random leaves and random ages", arguments: SeededGenerator.seeds(3))
    func randomProofs(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let root = try tree.root(size: size)
        for _ in 0..<60 {
            let index = UInt64.random(in: 0..<size, using: &generator)
            let inclusion = try #require(try InclusionProof(index: index, size: size, from: tree))
            try inclusion.verify(leaf: tree.source.levels[0][Int(index)], root: root)
            let from = UInt64.random(in: 1...size, using: &generator)
            let consistency = try #require(try ConsistencyProof(from: from, to: size, from: tree))
            try consistency.verify(oldRoot: try tree.root(size: from), newRoot: root)
        }
    }

    @Test("names the stored hashes that are missing, rather than proving something else")
    func namesWhatIsMissing() {
        var cut = tree.source
        cut.levels[1].removeLast()
        #expect(throws: MissingTreeHashes(tileLevel: 1, places: 514..<515)) {
            try TiledTree(source: cut).root(size: size)
        }
    }
}
