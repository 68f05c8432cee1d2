import EventLog
import SummaTestKit
import Testing

@Suite("An inclusion proof")
struct InclusionProofTests {
    private let naive = NaiveTree(count: 300)

    private func leaf(_ index: Int) -> TreeHash { .leaf(naive.leaves[index]) }

    @Test("is that of RFC 6962 and is accepted, for every leaf of every size to 300")
    func everyLeafOfEverySize() throws {
        for size in 1...300 {
            for index in 0..<size {
                let proof = try #require(try InclusionProof(index: UInt64(index), size: UInt64(size), from: naive))
                if proof.hashes != naive.path(index, 0..<size) { Issue.record("leaf \(index) of \(size) differs") }
                try proof.verify(leaf: leaf(index), root: naive.root(size: size))
            }
        }
    }

    @Test(
        "cannot be made for a leaf that is not there",
        arguments: [(0, 0), (1, 1), (300, 300), (UInt64.max, 5)] as [(UInt64, UInt64)])
    func noneOutside(index: UInt64, size: UInt64) throws {
        #expect(try InclusionProof(index: index, size: size, from: naive) == nil)
        let forged = InclusionProof(index: index, size: size, hashes: [])
        #expect(throws: ProofRejection.outsideTheTree(index: index, size: size)) {
            try forged.verify(leaf: .emptyRoot, root: .emptyRoot)
        }
    }

    @Test(
        "is refused with another leaf, root or place, and with a hash changed, missing or added",
        arguments: [1, 2, 3, 7, 8, 9, 255, 256, 257])
    func refusesTampering(size: Int) throws {
        let root = naive.root(size: size)
        for index in Set([0, size / 2, size - 1]) {
            let hashes = naive.path(index, 0..<size)
            func accepts(_ hashes: [TreeHash], index: Int = index, leaf: TreeHash? = nil, root: TreeHash? = nil) -> Bool
            {
                let proof = InclusionProof(index: UInt64(index), size: UInt64(size), hashes: hashes)
                let original = self.leaf(Int(proof.index) == index ? index : 0)
                return (try? proof.verify(leaf: leaf ?? original, root: root ?? naive.root(size: size))) != nil
            }
            #expect(accepts(hashes))
            #expect(!accepts(hashes, leaf: .leaf([0xFF])))
            #expect(!accepts(hashes, root: .leaf([0xFF])))
            #expect(!accepts(hashes + [root]))
            #expect(!accepts([root] + hashes))
            for position in hashes.indices {
                var changed = hashes
                changed[position] = root
                #expect(!accepts(changed))
                changed.remove(at: position)
                #expect(!accepts(changed))
            }
            for other in [0, 1, size - 2, size - 1, size] where other >= 0 && other != index {
                #expect(
                    !accepts(hashes, index: other, leaf: leaf(index)), "leaf \(index) passed for \(other) of \(size)")
            }
        }
    }

    private struct Probe: Decodable {
        let `case`: String
        let leafIdx: UInt64
        let treeSize: UInt64
        let root: String
        let leafHash: String
        let proof: [String]?
        let wantErr: Bool
    }

    @Test(
        "is judged as the published probes ask",
        .enabled(if: SharedVectors.present, "the shared test vectors are not here"))
    func published() throws {
        let probes: [Probe] = try SharedVectors.json("merkle/inclusion.json")
        #expect(probes.count == 49)
        for probe in probes {
            let isAccepted = (try? accept(probe)) != nil
            #expect(isAccepted == !probe.wantErr, "\(probe.case)")
        }
    }

    private func accept(_ probe: Probe) throws {
        let hashes = try (probe.proof ?? []).map { try hash($0) }
        let proof = InclusionProof(index: probe.leafIdx, size: probe.treeSize, hashes: hashes)
        let leaf = try hash(probe.leafHash)
        try proof.verify(leaf: leaf, root: try hash(probe.root))
    }
}
