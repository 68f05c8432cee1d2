import JSON
import Testing

@Suite("Writing JSON")
struct WriterTests {
    private func written(_ body: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter(capacity: 1)
        body(&writer)
        return String(decoding: writer.takeBytes(), as: UTF8.self)
    }

    @Test("puts commas between items and nowhere else")
    func putsCommas() {
        let text = written { writer in
            writer.beginObject()
            writer.beginObject("empty")
            writer.endObject()
            writer.field("amount", 1999)
            writer.beginArray("postings")
            writer.beginObject()
            writer.field("side", "debit")
            writer.endObject()
            writer.beginObject()
            writer.endObject()
            writer.element(true)
            writer.beginArray()
            writer.endArray()
            writer.endArray()
            writer.null("failure")
            writer.field("final", false)
            writer.endObject()
        }
        #expect(
            text
                == #"{"empty":{},"amount":1999,"postings":[{"side":"debit"},{},true,[]],"failure":null,"final":false}"#)
    }

    @Test("escapes what must be escaped and nothing else")
    func escapes() {
        #expect(
            written { $0.element("\"\\/\u{08}\u{0C}\n\r\t\u{00}\u{1F}\u{7F}é€𝄞\u{2028}<>") }
                == #""\"\\/\b\f\n\r\t\u0000\u001f"# + "\u{7F}é€𝄞\u{2028}<>\"")
        #expect(written { $0.element("") } == #""""#)
        #expect(
            written { $0.element("plain text that is longer than a small string") }
                == #""plain text that is longer than a small string""#)
    }

    @Test(
        "writes whole numbers to both ends of their range",
        arguments: [0, 1, 9, 10, -1, -10, 99, 100, 1_000_000, .max, .max - 1, .min, .min + 1] as [Int64])
    func writesIntegers(value: Int64) {
        #expect(written { $0.element(value) } == String(value))
    }

    @Test("writes the same text for a value and for the calls that spell it out")
    func writesValues() throws {
        let text = #"{"id":"pay_1","amount":-5,"list":[1,2.50,null,{"a":true}],"name with \" in it":{}}"#
        #expect(try JSONValue(parsing: text).text == text)
    }

    @Test("writes names from outside with their escapes")
    func writesDynamicNames() throws {
        let text = written { writer in
            writer.beginObject()
            writer.field(named: "a\"b\n", "x")
            writer.field(named: "n", Int64(1))
            writer.beginObject(named: "o")
            writer.field(named: "v", JSONValue.array([.null]))
            writer.endObject()
            writer.beginArray(named: "l")
            writer.endArray()
            writer.endObject()
        }
        #expect(text == #"{"a\"b\n":"x","n":1,"o":{"v":[null]},"l":[]}"#)
    }

    @Test("leaves out members that have no value")
    func leavesOutAbsentMembers() {
        let text = written { writer in
            writer.beginObject()
            writer.field("a", ifPresent: String?.none)
            writer.field("b", ifPresent: "x")
            writer.field("c", ifPresent: Int64?.none)
            writer.field("d", ifPresent: 4 as Int64?)
            writer.endObject()
        }
        #expect(text == #"{"b":"x","d":4}"#)
    }

    @Test("writes bytes as text, and JSON made elsewhere as it stands")
    func writesBytes() {
        let text = written { writer in
            writer.beginObject()
            writer.field("hex", hex: [0x00, 0xFF, 0x1A])
            writer.field("url", .url, [0xFB, 0xFF])
            writer.field("standard", .standard, [0xFB, 0xFF])
            writer.field("none", hex: [])
            writer.field("raw", raw: Array("[1]".utf8))
            writer.beginArray("rows")
            writer.element(raw: Array("{}".utf8))
            writer.element(raw: Array("{}".utf8))
            writer.endArray()
            writer.endObject()
        }
        #expect(
            text == #"{"hex":"00ff1a","url":"-_8","standard":"+/8=","none":"","raw":[1],"rows":[{},{}]}"#)
    }

    @Test("begins afresh after a text is taken or given up")
    func isReused() {
        var writer = JSONWriter()
        for _ in 0..<3 {
            writer.beginArray()
            writer.element(1)
            writer.removeAll()
            writer.beginArray()
            writer.element(2)
            writer.endArray()
            #expect(writer.withBytes { Array($0) } == Array("[2]".utf8))
            #expect(writer.takeBytes() == Array("[2]".utf8))
        }
    }

    @Test("grows far beyond the room it began with")
    func grows() throws {
        let long = String(repeating: "long \"text\" ", count: 10_000)
        let text = written { writer in
            writer.beginArray()
            for index in 0..<1_000 { writer.element(index) }
            writer.element(long)
            writer.endArray()
        }
        let elements = try #require(try JSONValue(parsing: text).array)
        #expect(elements.count == 1_001)
        #expect(elements[999].integer == 999)
        #expect(elements[1_000].string == long)
    }
}
