import JSON
import Testing

@Suite("Bytes as text")
struct ByteTextTests {
    @Test(
        "Base64 gives the examples of RFC 4648",
        arguments: [
            ("", "", ""), ("f", "Zg==", "Zg"), ("fo", "Zm8=", "Zm8"), ("foo", "Zm9v", "Zm9v"),
            ("foob", "Zm9vYg==", "Zm9vYg"), ("fooba", "Zm9vYmE=", "Zm9vYmE"), ("foobar", "Zm9vYmFy", "Zm9vYmFy"),
        ])
    func followsTheStandard(text: String, standard: String, url: String) {
        let bytes = Array(text.utf8)
        #expect(Base64.standard.encode(bytes) == standard)
        #expect(Base64.standard.decode(standard) == bytes)
        #expect(Base64.url.encode(bytes) == url)
        #expect(Base64.url.decode(url) == bytes)
    }

    @Test("every byte comes back from each alphabet, at every length")
    func roundTrips() {
        let bytes = (0...255).map { UInt8($0) }
        for count in 0...bytes.count {
            let part = bytes.suffix(count)
            #expect(Base64.standard.decode(Base64.standard.encode(part)) == Array(part))
            #expect(Base64.url.decode(Base64.url.encode(part)) == Array(part))
            #expect(Hex.decode(Hex.encode(part)) == Array(part))
        }
    }

    @Test(
        "standard Base64 refuses other spellings",
        arguments: [
            "Zg", "Zg=", "Zg===", "Z===", "====", "=", "Zh==", "Zm9=", "Zm 8", "Zm8=\n", "-_8=", "Zg==Zg==", "Zm9v=",
            "é===",
        ])
    func standardIsStrict(text: String) {
        #expect(Base64.standard.decode(text) == nil)
    }

    @Test("URL Base64 refuses other spellings", arguments: ["Zg==", "Z", "Zh", "Zm9vY", "+/8", "Zm8=", "Zm 8", "é"])
    func urlIsStrict(text: String) {
        #expect(Base64.url.decode(text) == nil)
    }

    @Test("the two alphabets differ in the last two digits")
    func alphabetsDiffer() {
        #expect(Base64.standard.encode([0xFB, 0xEF, 0xFF]) == "++//")
        #expect(Base64.url.encode([0xFB, 0xEF, 0xFF]) == "--__")
    }

    @Test("hexadecimal digits are written small and read in either case")
    func readsHex() {
        #expect(Hex.encode([0x00, 0xAB, 0xFF]) == "00abff")
        #expect(Hex.decode("00ABff") == [0x00, 0xAB, 0xFF])
        #expect(Hex.decode("") == [])
    }

    @Test("hexadecimal refuses an odd count and other characters", arguments: ["0", "0g", "0x00", " 00", "00 ", "é"])
    func hexIsStrict(text: String) {
        #expect(Hex.decode(text) == nil)
    }
}
