import EventLog
import SummaTestKit
import Testing

@Suite("A signed note")
struct SignedNoteTests {
    private func signer(_ name: String, seed: UInt8 = 1) throws -> SignerKey {
        try SignerKey(name: name, seed: [UInt8](repeating: seed, count: 32))
    }

    @Test("is read back and verified by the key that signed it")
    func roundTrip() throws {
        let key = try signer("summa.example/log")
        let note = try SignedNote(signing: "one\n\ntwo\n", with: key)
        let read = try SignedNote(note.encoded)
        #expect(read == note)
        #expect(read.text == "one\n\ntwo\n")
        #expect(try read.verify(with: [key.verifier]) == [key.verifier])
    }

    @Test("may carry signatures of strangers, but needs one of a key we know")
    func unknownSigners() throws {
        let (known, stranger) = (try signer("log"), try signer("stranger", seed: 2))
        var note = try SignedNote(signing: "text\n", with: stranger)
        #expect(throws: NoteRejection.noKnownSigner) { try note.verify(with: [known.verifier]) }
        #expect(throws: NoteRejection.noKnownSigner) { try note.verify(with: []) }
        try note.addSignature(of: known)
        #expect(try SignedNote(note.encoded).verify(with: [known.verifier]) == [known.verifier])
        #expect(try note.verify(with: [known.verifier, stranger.verifier]).count == 2)
    }

    @Test("by another key of the same name is by a stranger")
    func sameNameOtherKey() throws {
        let note = try SignedNote(signing: "text\n", with: signer("log", seed: 2))
        #expect(throws: NoteRejection.noKnownSigner) { try note.verify(with: [signer("log", seed: 1).verifier]) }
    }

    @Test("is refused when any one byte of it is changed")
    func everyByteCounts() throws {
        let key = try signer("log")
        let bytes = Array(try SignedNote(signing: "summa\n12\nroot\n", with: key).encoded.utf8)
        for position in bytes.indices {
            var changed = bytes
            changed[position] ^= 1
            #expect(throws: NoteRejection.self, "byte \(position)") {
                try SignedNote(changed).verify(with: [key.verifier])
            }
        }
    }

    @Test("with one bad signature of a known key is refused, however many good ones stand beside it")
    func badSignatureCondemns() throws {
        let (first, second) = (try signer("first"), try signer("second", seed: 2))
        let other = try SignedNote(signing: "other\n", with: second)
        let mixed = try SignedNote(signing: "text\n", with: first).encoded + other.encoded.dropFirst("other\n\n".count)
        let note = try SignedNote(mixed)
        #expect(throws: NoteRejection.invalidSignature("second")) {
            try note.verify(with: [first.verifier, second.verifier])
        }
        #expect(try note.verify(with: [first.verifier]) == [first.verifier])
    }

    @Test(
        "is malformed without an empty line, a signature, its last newline, or with a control character",
        arguments: [
            "", "\n", "\n\n", "text\n", "text\n\n", "text\n— log AAAAAAA=\n", "text\n\n— log AAAAAAA=",
            "text\n\n- log AAAAAAA=\n", "text\n\n— log\n", "text\n\n— log AAAA\n", "text\n\n— log AAAAAA==\n",
            "text\n\n—  AAAAAAA=\n", "text\n\n— a+b AAAAAAA=\n", "text\n\n— log AAAAAAA= \n",
            "te\rxt\n\n— log AAAAAAA=\n",
            "te\txt\n\n— log AAAAAAA=\n", "text\n\n— log AAAAAAA=\nmore\n",
        ])
    func malformed(note: String) {
        #expect(throws: NoteRejection.malformed) { try SignedNote(note) }
    }

    @Test("is malformed when it is not UTF-8")
    func notText() {
        #expect(throws: NoteRejection.malformed) { try SignedNote([0xFF] + Array("\n\n— log AAAAAAA=\n".utf8)) }
    }

    @Test("is read with 100 signatures and refused with 101")
    func signatureCount() throws {
        let line = "— log AAAAAAA=\n"
        let note = try SignedNote("text\n\n" + String(repeating: line, count: 100))
        #expect(note.signatures.count == 100)
        #expect(throws: NoteRejection.malformed) { try SignedNote("text\n\n" + String(repeating: line, count: 101)) }
    }

    @Test("is not signed when its text would be read back differently", arguments: ["", "no newline", "tab\t\n"])
    func refusesToSign(text: String) throws {
        let key = try signer("log")
        #expect(throws: NoteRejection.malformed) { try SignedNote(signing: text, with: key) }
    }

    private struct Probe: Decodable {
        let name: String
        let expect: String
        let vkeys: [String]
        let note: String
    }

    @Test(
        "is judged as the published ones ask",
        .enabled(if: SharedVectors.present, "the shared test vectors are not here"))
    func publishedNotes() throws {
        let probes: [Probe] = try SharedVectors.json("merkle/signed_note.json")
        #expect(probes.count == 4)
        for probe in probes {
            // One of the keys is not a key of its name; it is no use to anybody, and must not help the note.
            let keys = probe.vkeys.compactMap { try? VerifierKey($0) }
            let isAccepted = (try? SignedNote(probe.note).verify(with: keys)) != nil
            #expect(isAccepted == (probe.expect == "accept"), "\(probe.name)")
        }
    }
}
