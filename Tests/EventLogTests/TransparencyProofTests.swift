import EventLog
import JSON
import Testing

@Suite("A proof file for one event")
struct TransparencyProofTests {
    private let naive = NaiveTree(count: 20)
    private let origin = "summa/main/1"

    private func key() throws -> SignerKey { try SignerKey(name: "log", seed: Array(0..<32)) }

    private func proof(index: Int, size: Int = 20, checkpointSize: Int? = nil) throws -> TransparencyProof {
        let checkpointSize = checkpointSize ?? size
        let checkpoint = Checkpoint(
            origin: origin, size: UInt64(checkpointSize), root: naive.root(size: checkpointSize))
        let inclusion = try #require(try InclusionProof(index: UInt64(index), size: UInt64(size), from: naive))
        return TransparencyProof(
            event: naive.leaves[index], inclusion: inclusion, checkpoint: try checkpoint.signed(by: key()))
    }

    @Test("is read back and convinces a stranger who has only the key", arguments: [0, 1, 15, 16, 19])
    func roundTrip(index: Int) throws {
        let proof = try proof(index: index)
        let read = try TransparencyProof(proof.encoded)
        #expect(read == proof)
        #expect(read.encoded == proof.encoded)
        let checkpoint = try read.verify(with: [key().verifier], origin: origin)
        #expect(checkpoint.size == 20)
        #expect(read.event == naive.leaves[index])
    }

    @Test("has the form of the standard: header, event, index, hashes, checkpoint")
    func form() throws {
        let lines = try proof(index: 1, size: 2).encoded.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[0] == "c2sp.org/tlog-proof@v1")
        #expect(lines[1] == "extra \(Base64.standard.encode(naive.leaves[1]))")
        #expect(lines[2] == "index 1")
        #expect(lines[3] == "\(TreeHash.leaf(naive.leaves[0]))")
        #expect(lines[4...7] == ["", "summa/main/1", "2", "\(naive.root(size: 2))"])
    }

    @Test("is refused when any one byte of it is changed")
    func everyByteCounts() throws {
        let bytes = Array(try proof(index: 6).encoded.utf8)
        let keys = [try key().verifier]
        for position in bytes.indices {
            var changed = bytes
            changed[position] ^= 1
            guard let text = String(validating: changed, as: UTF8.self) else { continue }
            #expect(throws: (any Error).self, "byte \(position)") {
                try TransparencyProof(text).verify(with: keys, origin: origin)
            }
        }
    }

    @Test("is refused for another log and for another size than the checkpoint's")
    func otherLog() throws {
        let keys = [try key().verifier]
        #expect(throws: TransparencyProofRejection.otherLog(origin)) {
            try proof(index: 1).verify(with: keys, origin: "summa/other/1")
        }
        #expect(throws: TransparencyProofRejection.otherSize(19)) {
            try proof(index: 1, checkpointSize: 19).verify(with: keys, origin: origin)
        }
    }

    @Test("is malformed without its event or with a hash that is not 32 bytes")
    func malformed() throws {
        let text = try proof(index: 1).encoded
        let withoutEvent = text.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.hasPrefix("extra") }.joined(separator: "\n")
        #expect(throws: TransparencyProofRejection.malformed) { try TransparencyProof(withoutEvent) }
        let hash = "\(TreeHash.leaf(naive.leaves[0]))"
        #expect(throws: TransparencyProofRejection.malformed) {
            try TransparencyProof(text.replacing(hash, with: "AAAA"))
        }
        #expect(throws: TransparencyProofRejection.malformed) { try TransparencyProof("") }
    }
}
