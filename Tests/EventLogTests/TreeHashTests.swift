import EventLog
import SummaTestKit
import Testing

@Suite("The hashes of the tree")
struct TreeHashTests {
    @Test("take exactly 32 bytes and give them back", arguments: [0, 1, 31, 32, 33, 64])
    func takesThirtyTwoBytes(count: Int) {
        let bytes = (0..<count).map { UInt8($0) }
        #expect(TreeHash(bytes)?.bytes == (count == 32 ? bytes : nil))
        #expect(bytes.withUnsafeBytes { TreeHash(rawBytes: $0) } == TreeHash(bytes))
    }

    @Test("differ when any one byte differs")
    func everyByteCounts() throws {
        let bytes = [UInt8](repeating: 7, count: 32)
        let hash = try #require(TreeHash(bytes))
        for position in bytes.indices {
            var changed = bytes
            changed[position] ^= 1
            #expect(TreeHash(changed) != hash)
        }
    }

    @Test("are those of RFC 6962 for the empty tree, the empty leaf, and a node")
    func knownHashes() throws {
        #expect(TreeHash.emptyRoot.description == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
        #expect(TreeHash.leaf([]).description == "bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=")
        let leaves = NaiveTree(leaves: [[0x00], [0x01]])
        #expect(leaves.root(size: 2) != .leaf([0x00] + [0x01]))
    }

    private struct Published: Decodable {
        struct Leaf: Decodable {
            let text: String
            let hash: String

            enum CodingKeys: String, CodingKey {
                case hash
                case text = "data_ascii"
            }
        }

        struct Node: Decodable {
            let left: String
            let right: String
            let hash: String

            enum CodingKeys: String, CodingKey {
                case hash
                case left = "left_ascii"
                case right = "right_ascii"
            }
        }

        let emptyRoot: String
        let emptyLeaf: String
        let leaves: [Leaf]
        let nodes: [Node]

        enum CodingKeys: String, CodingKey {
            case emptyRoot = "empty_root"
            case emptyLeaf = "empty_leaf"
            case leaves = "leaf"
            case nodes = "node"
        }
    }

    @Test("are the published ones", .enabled(if: SharedVectors.present, "the shared test vectors are not here"))
    func published() throws {
        let published: Published = try SharedVectors.json("merkle/hashing.json")
        #expect(TreeHash.emptyRoot.hex == published.emptyRoot)
        #expect(TreeHash.leaf([]).hex == published.emptyLeaf)
        for leaf in published.leaves { #expect(TreeHash.leaf(Array(leaf.text.utf8)).hex == leaf.hash) }
        for node in published.nodes {
            // The published node hashes four bytes a side, which are no hashes: only the leaf rule can show them.
            let preimage = [1] + Array(node.left.utf8) + Array(node.right.utf8)
            #expect(TreeHash.sha256(preimage).hex == node.hash)
        }
    }

    @Test("of a node are SHA-256 of the prefix 1 and both sides")
    func nodeRule() {
        let left = TreeHash.leaf([1])
        let right = TreeHash.leaf([2])
        #expect(TreeHash.node(left, right) == .sha256([1] + left.bytes + right.bytes))
        #expect(TreeHash.node(left, right) != .node(right, left))
        #expect(TreeHash.leaf([1, 2, 3]) == .sha256([0, 1, 2, 3]))
    }
}

extension TreeHash {
    fileprivate var hex: String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
