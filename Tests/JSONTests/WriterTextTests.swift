import JSON
import Testing

@Suite("A JSON string written in pieces")
struct JSONWriterTextTests {
    private func text(_ write: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.beginText("id")
        write(&writer)
        writer.endText()
        writer.field("next", 1)
        writer.endObject()
        return String(decoding: writer.takeBytes(), as: UTF8.self)
    }

    @Test("is the string its pieces make, with commas where they belong")
    func joins() {
        let written = text {
            $0.add("main")
            $0.add(plain: "/")
            $0.add(-42)
            $0.add(upTo: 4) { start in
                start[0] = 0x7A
                return 1
            }
        }
        #expect(written == #"{"id":"main/-42z","next":1}"#)
        #expect(text { _ in } == #"{"id":"","next":1}"#)
    }

    @Test("escapes what a caller has chosen, as a whole string is escaped")
    func escapes() {
        for piece in ["\"", "\\", "\n", "\u{1}", "tab\tand more than eight letters \"quoted\"", "é"] {
            var writer = JSONWriter()
            writer.beginObject()
            writer.field("id", piece)
            writer.field("next", 1)
            writer.endObject()
            #expect(text { $0.add(piece) } == String(decoding: writer.takeBytes(), as: UTF8.self))
        }
    }
}
