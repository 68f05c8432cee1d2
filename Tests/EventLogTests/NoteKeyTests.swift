import EventLog
import Testing

@Suite("The keys of a log")
struct NoteKeyTests {
    private static let published = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"

    @Test("are read from and written as name+hash+base64")
    func verifierRoundTrip() throws {
        let key = try VerifierKey(Self.published)
        #expect(key.id.name == "example.com/foo")
        #expect(key.id.hash == 0x530d_903a)
        #expect(key.description == Self.published)
    }

    @Test("that sign are read back from their secret text and sign alike")
    func signerRoundTrip() throws {
        let key = try SignerKey(name: "summa.example/log", seed: Array(0..<32))
        let read = try SignerKey(secretText: key.secretText)
        #expect(key.secretText.hasPrefix("PRIVATE+KEY+summa.example/log+"))
        #expect(read.verifier == key.verifier)
        let note = try SignedNote(signing: "text\n", with: read)
        #expect(try note.verify(with: [VerifierKey(key.verifier.description)]) == [key.verifier])
    }

    @Test("never print their secret")
    func redacted() throws {
        let key = try SignerKey(name: "log", seed: Array(0..<32))
        let secret = try #require(key.secretText.split(separator: "+").last)
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), String(describing: [key]), dumped] {
            #expect(!text.contains(secret))
        }
    }

    @Test(
        "are refused when a part is missing, mistyped or of another algorithm",
        arguments: [
            ("", .malformed), ("example.com/foo", .malformed), ("example.com/foo+530d903a", .malformed),
            ("example.com/foo+530d903+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .malformed),
            ("example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .malformed),
            ("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2", .malformed),
            ("+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .invalidName),
            ("example com+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .invalidName),
            ("example.com/foo+530d903a+BOkyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .unsupportedAlgorithm),
            ("example.com/foo+530d903a+Aeky", .unsupportedAlgorithm),
            ("example.com/bar+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .hashDisagrees),
            ("example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .hashDisagrees),
        ] as [(String, NoteKeyRejection)])
    func refused(text: String, rejection: NoteKeyRejection) {
        #expect(throws: rejection) { try VerifierKey(text) }
    }

    @Test("need a seed of 32 bytes and a name without spaces and plus signs")
    func seeds() {
        #expect(throws: NoteKeyRejection.unsupportedAlgorithm) { try SignerKey(name: "log", seed: Array(0..<31)) }
        #expect(throws: NoteKeyRejection.unsupportedAlgorithm) { try SignerKey(name: "log", seed: Array(0..<33)) }
        for name in ["", "a b", "a+b", "a\u{2003}b", "a\nb"] {
            #expect(throws: NoteKeyRejection.invalidName) { try SignerKey(name: name, seed: Array(0..<32)) }
        }
    }
}
