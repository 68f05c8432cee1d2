import EventLog
import JSON
import SummaTestKit
import Testing

@Suite("Published trees", .enabled(if: SharedVectors.present, "the shared test vectors are not here"))
struct PublishedTreeTests {
    private struct Tree: Decodable {
        struct Inclusion: Decodable {
            let index: UInt64
            let proof: [String]
        }
        struct Consistency: Decodable {
            let from: UInt64
            let fromRoot: String
            let proof: [String]

            enum CodingKeys: String, CodingKey {
                case from, proof
                case fromRoot = "from_root"
            }
        }
        let size: Int
        let leaves: [String]
        let root: String
        let inclusion: [Inclusion]
        let consistency: [Consistency]

        enum CodingKeys: String, CodingKey {
            case size, root, inclusion, consistency
            case leaves = "leaf_data_base64"
        }
    }

    @Test("have our roots and our proofs")
    func agree() throws {
        let trees: [Tree] = try SharedVectors.json("merkle/trees.json")
        #expect(trees.count == 8)
        for tree in trees { try check(tree) }
    }

    private func check(_ tree: Tree) throws {
        let naive = NaiveTree(leaves: try tree.leaves.map { try #require(Base64.standard.decode($0)) })
        let root = try hash(tree.root)
        let size = UInt64(tree.size)
        var edge = RightEdge()
        for leaf in naive.leaves { edge.append(.leaf(leaf)) }
        #expect(edge.root == root)
        #expect(edge.size == size)
        for inclusion in tree.inclusion {
            let proof = try #require(try InclusionProof(index: inclusion.index, size: size, from: naive))
            #expect(proof.hashes == (try inclusion.proof.map(hash)))
            try proof.verify(leaf: .leaf(naive.leaves[Int(inclusion.index)]), root: root)
        }
        for consistency in tree.consistency {
            let proof = try #require(try ConsistencyProof(from: consistency.from, to: size, from: naive))
            #expect(proof.hashes == (try consistency.proof.map(hash)))
            try proof.verify(oldRoot: hash(consistency.fromRoot), newRoot: root)
        }
    }
}
