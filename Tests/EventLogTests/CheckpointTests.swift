import EventLog
import Testing

@Suite("A checkpoint")
struct CheckpointTests {
    private static let root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="

    @Test("reads the example of the standard and writes it again")
    func roundTrip() throws {
        let text = "example.com/behind-the-sofa\n20852163\n\(Self.root)\n"
        let checkpoint = try Checkpoint(text: text)
        #expect(checkpoint.origin == "example.com/behind-the-sofa")
        #expect(checkpoint.size == 20_852_163)
        #expect(checkpoint.root.description == Self.root)
        #expect(checkpoint.extensionLines.isEmpty)
        #expect(checkpoint.text == text)
    }

    @Test("keeps extension lines")
    func extensions() throws {
        let text = "log\n0\n\(Self.root)\nfirst\nsecond\n"
        #expect(try Checkpoint(text: text).extensionLines == ["first", "second"])
        #expect(try Checkpoint(text: text).text == text)
    }

    @Test(
        "is refused with a line missing or empty",
        arguments: [
            "", "\n", "log\n1\n", "log\n1\n\n", "\n1\n\(root)\n", "log\n1\n\(root)", "log\n1\n\(root)\n\nmore\n",
        ])
    func malformed(text: String) {
        #expect(throws: CheckpointRejection.malformed) { try Checkpoint(text: text) }
    }

    @Test(
        "is refused with a size that is not plain digits",
        arguments: ["01", "+1", "-1", "1.0", "1e3", "00", "0x1", " 1", "18446744073709551616", "١"])
    func malformedSize(size: String) {
        #expect(throws: CheckpointRejection.malformedSize) { try Checkpoint(text: "log\n\(size)\n\(Self.root)\n") }
    }

    @Test("takes the largest size there is")
    func largestSize() throws {
        #expect(try Checkpoint(text: "log\n\(UInt64.max)\n\(Self.root)\n").size == .max)
    }

    @Test("is refused with a root that is not 32 bytes of base64", arguments: ["AAAA", "A", "\(root)AAAA", "!"])
    func malformedRoot(root: String) {
        #expect(throws: CheckpointRejection.malformedRoot) { try Checkpoint(text: "log\n1\n\(root)\n") }
    }

    @Test("is believed only when a trusted key signed it")
    func signature() throws {
        let key = try SignerKey(name: "log", seed: Array(0..<32))
        let stranger = try SignerKey(name: "log", seed: Array(1..<33))
        let checkpoint = Checkpoint(origin: "summa/main/1", size: 7, root: .leaf([7]))
        let note = try SignedNote(checkpoint.signed(by: key).encoded)
        #expect(try Checkpoint(note: note, keys: [key.verifier]) == checkpoint)
        #expect(throws: NoteRejection.noKnownSigner) { try Checkpoint(note: note, keys: [stranger.verifier]) }
    }
}
