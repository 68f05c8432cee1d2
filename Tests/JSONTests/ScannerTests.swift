import JSON
import Testing

@Suite("Walking through a text with the scanner")
struct ScannerTests {
    private func scan<Result>(_ text: String, _ body: (inout JSONScanner) throws -> Result) throws -> Result {
        try JSONScanner.scan(Array(text.utf8), body)
    }

    @Test("takes members in any order and skips the others")
    func takesMembers() throws {
        let text = #"{"other":{"amount":[1,{"x":2}]},"amount":1999,"final":true,"currency":"EUR"}"#
        let (amount, currency) = try scan(text) { scanner in
            var amount: Int64 = 0
            var currency = ""
            try scanner.beginObject()
            while try scanner.nextMember() {
                if scanner.name(is: "amount") {
                    amount = try scanner.readInteger()
                } else if scanner.name(is: "currency") {
                    currency = try scanner.readString()
                } else {
                    try scanner.skipValue()
                }
            }
            return (amount, currency)
        }
        #expect(amount == 1999)
        #expect(currency == "EUR")
    }

    @Test("knows a name also when it is spelt with escapes")
    func knowsEscapedNames() throws {
        let names = try scan(#"{"\u0061mount":1,"am":2}"#) { scanner in
            var names: [(String, Bool)] = []
            try scanner.beginObject()
            while try scanner.nextMember() {
                names.append((scanner.name, scanner.name(is: "amount")))
                try scanner.skipValue()
            }
            return names
        }
        #expect(names.map(\.0) == ["amount", "am"])
        #expect(names.map(\.1) == [true, false])
    }

    @Test("gives the bytes of a string, with and without escapes")
    func givesStringBytes() throws {
        for text in [#""pay_é""#, #""pay_\u00e9""#] {
            #expect(try scan(text) { try $0.readString { Array($0) } } == Array("pay_é".utf8))
        }
    }

    @Test("tells where the text of a skipped value lies")
    func tellsRanges() throws {
        let text = #"[ {"a": 1} , 2 ]"#
        let ranges = try scan(text) { scanner in
            var ranges: [Range<Int>] = []
            try scanner.beginArray()
            while try scanner.nextElement() { ranges.append(try scanner.skipValue()) }
            return ranges
        }
        #expect(ranges == [2..<10, 13..<14])
    }

    @Test("takes null where it is allowed to be")
    func takesNull() throws {
        #expect(try scan("null") { try $0.readNullIfPresent() })
        #expect(
            try scan("1") { scanner in
                let isNull = try scanner.readNullIfPresent()
                return try scanner.readInteger() == 1 && !isNull
            })
    }

    @Test("names type and path of what it cannot read")
    func namesWrongTypes() {
        let error = #expect(throws: JSONError.self) {
            try scan(#"{"a":[0,"1"]}"#) { scanner in
                try scanner.beginObject()
                while try scanner.nextMember() {
                    try scanner.beginArray()
                    while try scanner.nextElement() { _ = try scanner.readInteger() }
                }
            }
        }
        #expect(error?.kind == .wrongType(expected: .number, found: .string))
        #expect(error?.path.description == "a[1]")
        #expect(error?.offset == 8)
    }

    @Test("reads no fraction, exponent or number beyond 64 bits as a whole one")
    func refusesInexactIntegers() {
        let cases: [(String, JSONError.Kind)] = [
            ("1.0", .notAnInteger), ("1e2", .notAnInteger), ("9223372036854775808", .integerOutOfRange),
        ]
        for (text, kind) in cases {
            let error = #expect(throws: JSONError.self) { try scan(text) { try $0.readInteger() } }
            #expect(error?.kind == kind)
        }
    }

    @Test("fails when its caller leaves something unread")
    func failsUnlessAllIsRead() {
        #expect(throws: JSONError.self) { try scan("1") { _ in } }
        #expect(throws: JSONError.self) { try scan("[1]") { try $0.beginArray() } }
        #expect(throws: JSONError.self) {
            try scan(#"{"a":1,"b":2}"#) { scanner in
                try scanner.beginObject()
                while try scanner.nextMember() {}
            }
        }
    }

    @Test("lets its caller's own errors through")
    func passesErrors() {
        struct Stop: Error {}
        #expect(throws: Stop.self) { try scan("1") { _ in throw Stop() } }
    }
}
