import Testing

@Suite("Taking a Swift file apart")
struct SwiftTextTests {
    @Test("keeps code, comments and literals from each other")
    func separates() {
        let text = SwiftText("let a = \"b // c\" // d \"e\"\n/* f /* g */ h */ let i = 1\n")
        #expect(text.code.split(separator: " ").joined(separator: " ") == "let a = \" \" \n let i = 1\n")
        #expect(text.comments.split(separator: " ").joined(separator: " ") == "// d \"e\"\n/* f /* g */ h */ \n")
        #expect(text.literals.map(\.text) == ["b // c"])
    }

    @Test("counts an interpolation as code, however deep")
    func interpolation() {
        let text = SwiftText(#"let a = "one \(f("two \(g(3))")) four""#)
        #expect(text.code.contains("f(") && text.code.contains("g(3)"))
        #expect(text.literals.map(\.text) == ["two  ", "one   four"])
    }

    @Test("is not ended by an escaped quotation mark")
    func escapes() {
        let text = SwiftText(#"let a = "b\"c\\"; let d = 1"#)
        #expect(text.literals.map(\.text) == ["b c "])
        #expect(text.code.contains("let d = 1"))
    }

    @Test("knows raw and multi-line literals, and the line they begin on")
    func longLiterals() {
        let text = SwiftText("let a = #\"x \"y\" \\(z)\"#\n\nlet b = \"\"\"\n  one \"two\"\n  \"\"\"\nlet c = 1\n")
        #expect(text.literals.map(\.text) == ["x \"y\" \\(z)", "\n  one \"two\"\n  "])
        #expect(text.literals.map(\.line) == [1, 3])
        #expect(text.code.contains("let c = 1"))
    }

    @Test(
        "keeps every byte's place, also where a literal or comment is never closed",
        arguments: ["let a = 1 // b\n\"c\nd", "/* a\n", "\"\\", "\"\\(a", "#\"\"#\n", "\"\"\"\n\\", "é/*é"])
    func keepsPlaces(text: String) {
        let apart = SwiftText(text)
        #expect(apart.code.utf8.count == text.utf8.count)
        #expect(apart.comments.utf8.count == text.utf8.count)
        #expect(apart.code.count(where: \.isNewline) == text.count(where: \.isNewline))
    }
}
