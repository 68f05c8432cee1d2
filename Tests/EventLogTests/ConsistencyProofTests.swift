import EventLog
import SummaTestKit
import Testing

@Suite("A consistency proof")
struct ConsistencyProofTests {
    private let naive = NaiveTree(count: 300)

    @Test("is that of RFC 6962 and is accepted, between every two sizes to 300")
    func everyPairOfSizes() throws {
        for to in 1...300 {
            for from in 1...to {
                let proof = try #require(try ConsistencyProof(from: UInt64(from), to: UInt64(to), from: naive))
                if proof.hashes != naive.subproof(from, 0..<to, true) { Issue.record("\(from) to \(to) differs") }
                try proof.verify(oldRoot: naive.root(size: from), newRoot: naive.root(size: to))
            }
        }
    }

    @Test("from the empty tree is neither made nor taken")
    func refusesSizeZero() throws {
        #expect(try ConsistencyProof(from: 0, to: 5, from: naive) == nil)
        #expect(throws: ProofRejection.fromTheEmptyTree) {
            try ConsistencyProof(from: 0, to: 5, hashes: [])
                .verify(oldRoot: .emptyRoot, newRoot: naive.root(size: 5))
        }
    }

    @Test("to a smaller tree is neither made nor taken")
    func refusesShrinking() throws {
        #expect(try ConsistencyProof(from: 6, to: 5, from: naive) == nil)
        #expect(throws: ProofRejection.outsideTheTree(index: 6, size: 5)) {
            try ConsistencyProof(from: 6, to: 5, hashes: [])
                .verify(oldRoot: naive.root(size: 6), newRoot: naive.root(size: 5))
        }
    }

    @Test("between equal sizes is empty and asks for equal roots")
    func equalSizes() throws {
        let root = naive.root(size: 5)
        try ConsistencyProof(from: 5, to: 5, hashes: []).verify(oldRoot: root, newRoot: root)
        #expect(throws: ProofRejection.otherRoot) {
            try ConsistencyProof(from: 5, to: 5, hashes: []).verify(oldRoot: root, newRoot: naive.root(size: 6))
        }
        #expect(throws: ProofRejection.tooLong) {
            try ConsistencyProof(from: 5, to: 5, hashes: [root]).verify(oldRoot: root, newRoot: root)
        }
    }

    @Test(
        "is refused with either root changed, and with a hash changed, missing or added",
        arguments: [(1, 2), (1, 300), (4, 7), (6, 7), (8, 9), (255, 256), (256, 257), (128, 300), (299, 300)])
    func refusesTampering(from: Int, to: Int) {
        let hashes = naive.subproof(from, 0..<to, true)
        let oldRoot = naive.root(size: from)
        let newRoot = naive.root(size: to)
        func accepts(_ hashes: [TreeHash], oldRoot: TreeHash = oldRoot, newRoot: TreeHash = newRoot) -> Bool {
            let proof = ConsistencyProof(from: UInt64(from), to: UInt64(to), hashes: hashes)
            return (try? proof.verify(oldRoot: oldRoot, newRoot: newRoot)) != nil
        }
        #expect(accepts(hashes))
        #expect(!accepts(hashes, oldRoot: .leaf([])))
        #expect(!accepts(hashes, newRoot: .leaf([])))
        #expect(!accepts([]))
        #expect(!accepts(hashes + [newRoot]))
        #expect(!accepts([newRoot] + hashes))
        for position in hashes.indices {
            var changed = hashes
            changed[position] = .leaf([])
            #expect(!accepts(changed))
            changed.remove(at: position)
            #expect(!accepts(changed))
        }
    }

    private struct Probe: Decodable {
        let `case`: String
        let size1: UInt64
        let size2: UInt64
        let root1: String
        let root2: String
        let proof: [String]?
        let wantErr: Bool
    }

    @Test(
        "is judged as the published probes ask",
        .enabled(if: SharedVectors.present, "the shared test vectors are not here"))
    func published() throws {
        let probes: [Probe] = try SharedVectors.json("merkle/consistency.json")
        #expect(probes.count == 43)
        for probe in probes {
            let isAccepted = (try? accept(probe)) != nil
            #expect(isAccepted == !probe.wantErr, "\(probe.case)")
        }
    }

    private func accept(_ probe: Probe) throws {
        let proof = ConsistencyProof(from: probe.size1, to: probe.size2, hashes: try (probe.proof ?? []).map(hash))
        try proof.verify(oldRoot: hash(probe.root1), newRoot: hash(probe.root2))
    }
}
