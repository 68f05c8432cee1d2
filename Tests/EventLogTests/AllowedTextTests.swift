import EventLog
import Testing

@Suite("Texts in events")
struct AllowedTextTests {
    @Test(
        "are letters, digits and five signs",
        arguments: ["a", "Z9", "order_1.b:c/d-e", String(repeating: "x", count: 128)])
    func allowed(text: String) {
        #expect(AllowedText(text)?.text == text)
    }

    @Test(
        "are nothing else",
        arguments: [
            "", " ", "a b", "a@b.example", "ä", "a\n", "a\"", "a\\", "a+b", "a,b", "\u{0}", "１",
            String(repeating: "x", count: 129),
        ])
    func refused(text: String) {
        #expect(AllowedText(text) == nil)
    }
}

@Suite("A salted hash")
struct SaltedHashTests {
    private func salt(_ byte: UInt8) throws -> SaltedHash.Salt {
        try #require(SaltedHash.Salt([UInt8](repeating: byte, count: 16)))
    }

    @Test("is SHA-256 of the salt and the value")
    func rule() throws {
        let hash = SaltedHash(of: Array("Ada".utf8), salt: try salt(7))
        let expected = TreeHash.sha256([UInt8](repeating: 7, count: 16) + Array("Ada".utf8))
        #expect(hash.description == expected.description)
        #expect(SaltedHash(text: hash.description) == hash)
    }

    @Test("differs with the value and with the salt")
    func differs() throws {
        let hash = SaltedHash(of: [1], salt: try salt(7))
        #expect(SaltedHash(of: [2], salt: try salt(7)) != hash)
        #expect(SaltedHash(of: [1], salt: try salt(8)) != hash)
    }

    @Test("takes a salt of exactly 16 bytes and a text of exactly 32", arguments: [0, 15, 16, 17, 32])
    func lengths(count: Int) {
        #expect((SaltedHash.Salt([UInt8](repeating: 1, count: count)) != nil) == (count == 16))
        let text = TreeHash([UInt8](repeating: 1, count: count))?.description
        #expect((text.flatMap { SaltedHash(text: $0) } != nil) == (count == 32))
        #expect(SaltedHash(text: "AAAA") == nil)
    }
}
