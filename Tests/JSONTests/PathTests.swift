import JSON
import Testing

@Suite("A path as text")
struct PathTests {
    @Test("joins plain names with dots and puts positions in brackets")
    func joins() {
        #expect(JSONPath.root.description == "")
        #expect(
            JSONPath.root.member("data").member("postings").element(2).member("amount_minor").description
                == "data.postings[2].amount_minor")
        #expect(JSONPath.root.element(0).member("a").description == "[0].a")
    }

    @Test("quotes a name that could be taken for a path or break a line")
    func quotes() {
        #expect(JSONPath.root.member("a.b").description == #"["a.b"]"#)
        #expect(JSONPath.root.member("x").member("").member("\n").description == #"x[""]["\n"]"#)
    }

    @Test("shows only the beginning of a very long name")
    func isBounded() {
        let plain = String(repeating: "a", count: 64)
        #expect(JSONPath.root.member(plain).description == plain)
        #expect(JSONPath.root.member(plain + "b").description == "[\"\(plain)…\"]")
    }
}
