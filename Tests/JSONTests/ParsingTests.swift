import JSON
import Testing

@Suite("Reading a JSON text")
struct ParsingTests {
    @Test("keeps the order of members and the exact text of numbers")
    func keepsOrderAndNumbers() throws {
        let value = try JSONValue(parsing: #" {"b":1.50, "a":[null,true,false,-0,"x"]} "#)
        let object = try #require(value.object)
        #expect(object.members.map(\.name) == ["b", "a"])
        #expect(value["b"]?.number?.text == "1.50")
        #expect(
            value["a"]
                == .array([
                    .null, .bool(true), .bool(false), .number(try #require(JSONNumber(text: "-0"))), .string("x"),
                ]))
    }

    @Test("resolves every escape")
    func resolvesEscapes() throws {
        let value = try JSONValue(parsing: #""\"\\\/\b\f\n\r\t\u0041\u00e9\u20AC\uD834\uDD1E\u0000""#)
        #expect(value == .string("\"\\/\u{08}\u{0C}\n\r\tAé€𝄞\u{00}"))
    }

    @Test(
        "refuses what is not JSON, and says where",
        arguments: [
            ("", .unexpectedEnd, 0), ("  ", .unexpectedEnd, 2), ("[", .unexpectedEnd, 1), ("[1", .unexpectedEnd, 2),
            ("[1,]", .unexpectedByte(0x5D), 3), ("[,1]", .unexpectedByte(0x2C), 1), ("[1 2]", .unexpectedByte(0x32), 3),
            ("{\"a\"}", .unexpectedByte(0x7D), 4), ("{\"a\":}", .unexpectedByte(0x7D), 5),
            ("{\"a\":1,}", .unexpectedByte(0x7D), 7), ("{a:1}", .unexpectedByte(0x61), 1), ("{", .unexpectedEnd, 1),
            ("1 2", .trailingBytes, 2), ("{}x", .trailingBytes, 2), ("nul", .unexpectedEnd, 3),
            ("nulL", .unexpectedByte(0x4C), 3), ("NaN", .unexpectedByte(0x4E), 0), ("True", .unexpectedByte(0x54), 0),
            ("+1", .unexpectedByte(0x2B), 0), ("01", .invalidNumber, 0), ("-01", .invalidNumber, 1),
            ("-", .invalidNumber, 1), ("1.", .invalidNumber, 2), ("1e", .invalidNumber, 2), ("1e+", .invalidNumber, 3),
            (".5", .unexpectedByte(0x2E), 0), ("0x1", .trailingBytes, 1), ("-Infinity", .invalidNumber, 1),
            ("\"a", .unexpectedEnd, 2), ("\"\\", .unexpectedEnd, 2), ("\"\\x\"", .invalidEscape, 1),
            ("\"\\u12\"", .invalidEscape, 1), ("\"\\u12", .unexpectedEnd, 5), ("\"a\nb\"", .controlCharacter(0x0A), 2),
            ("\"\u{1F}\"", .controlCharacter(0x1F), 1), ("\u{FEFF}{}", .byteOrderMark, 0),
        ] as [(String, JSONError.Kind, Int)])
    func refuses(text: String, kind: JSONError.Kind, offset: Int) {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
        #expect(error?.kind == kind)
        #expect(error?.offset == offset)
    }

    @Test(
        "refuses a surrogate without its other half",
        arguments: [
            #""\uD800""#, #""\uDC00""#, #""\uD800x""#, #""\uD800\n""#, #""\uD800\uD800""#, #""\uDC00\uD800""#,
            #""\uD800\u0041""#,
        ])
    func refusesLoneSurrogates(text: String) {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
        #expect(error?.kind == .loneSurrogate)
    }

    @Test(
        "refuses bytes that are not UTF-8",
        arguments: [
            [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x41], [0xE0, 0x9F, 0xBF], [0xE2, 0x82],
            [0xED, 0xA0, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF],
        ] as [[UInt8]])
    func refusesInvalidUTF8(bytes: [UInt8]) {
        // Seven plain bytes before and some behind put the bad one on either side of the eight looked at at once.
        for plainCount in [0, 1, 7, 8, 9] {
            let plain = Array(repeating: UInt8(ascii: "a"), count: plainCount)
            let error = #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22] + plain + bytes + [0x22]) }
            #expect(error?.kind == .invalidUTF8)
            #expect(error?.offset == 1 + plainCount)
        }
    }

    @Test("accepts the first and last character of each UTF-8 length")
    func acceptsEdgesOfUTF8() throws {
        let text = "\u{20}\u{7F}\u{80}\u{7FF}\u{800}\u{D7FF}\u{E000}\u{FFFF}\u{10000}\u{10FFFF}"
        #expect(try JSONValue(parsing: "\"\(text)\"") == .string(text))
    }

    @Test("finds the special byte wherever it stands among plain ones")
    func findsSpecialBytes() throws {
        for length in 0...20 {
            for position in 0..<max(length, 1) where length > 0 {
                var characters = Array(repeating: "a", count: length)
                characters[position] = "\\n"
                let text = characters.joined()
                let expected = text.replacing("\\n", with: "\n")
                #expect(try JSONValue(parsing: "\"\(text)\"") == .string(expected))
                let raw = "\"" + expected + "\""
                let error = #expect(throws: JSONError.self) { try JSONValue(parsing: raw) }
                #expect(error?.kind == .controlCharacter(0x0A) && error?.offset == position + 1)
            }
        }
    }

    @Test("takes 64 arrays and objects inside one another, and not 65")
    func limitsDepth() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[{\"a\":", count: depth / 2) + (depth % 2 == 1 ? "[]" : "1")
                + String(repeating: "}]", count: depth / 2)
        }
        #expect(try JSONValue(parsing: nested(64)).type == .array)
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: nested(65)) }
        #expect(error?.kind == .tooDeep(limit: 64))
        #expect(throws: JSONError.self) { try JSONValue(parsing: "[[1]]", limits: JSONLimits(depthMax: 1)) }
        #expect(try JSONValue(parsing: "[1]", limits: JSONLimits(depthMax: 1)).type == .array)
    }

    @Test("a million open brackets are refused without reading them all")
    func refusesDepthEarly() {
        let error = #expect(throws: JSONError.self) {
            try JSONValue(parsing: Array(repeating: UInt8(ascii: "["), count: 1_000_000))
        }
        #expect(error?.offset == 64)
    }
}
