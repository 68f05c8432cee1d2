import JSON
import Testing

/// The writer looks at eight bytes at once; these are the places where that could go wrong.
@Suite("A character that must be escaped")
struct EscapePlaceTests {
    private func text(_ scalar: Unicode.Scalar, at place: Int, of count: Int) -> String {
        var scalars = [Unicode.Scalar](repeating: "x", count: count)
        scalars[place] = scalar
        return String(String.UnicodeScalarView(scalars))
    }

    @Test("is found at every place, and its neighbours in the alphabet are left alone")
    func everyPlace() throws {
        let scalars: [Unicode.Scalar] = [
            "\0", "\u{1}", "\u{1F}", " ", "!", "\"", "#", "[", "\\", "]", "\u{7F}", "\u{80}", "\u{A2}", "\u{DC}", "é",
            "€", "𝄞",
        ]
        for count in 1...25 {
            for place in 0..<count {
                for scalar in scalars {
                    let text = text(scalar, at: place, of: count)
                    let written = JSONValue.string(text).bytes
                    let isEscaped = scalar.value < 0x20 || scalar == "\"" || scalar == "\\"
                    #expect(written.contains(UInt8(ascii: "\\")) == isEscaped)
                    #expect(written.count == text.utf8.count + 2 || isEscaped)
                    #expect(try JSONValue(parsing: written) == .string(text))
                }
            }
        }
    }
}
