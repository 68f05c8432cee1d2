import JSON
import Testing

@Suite("A JSON number")
struct NumberTests {
    @Test(
        "is a whole number exactly when it is written as one and fits",
        arguments: [
            ("0", 0), ("-0", 0), ("7", 7), ("-7", -7), ("9223372036854775807", .max), ("-9223372036854775808", .min),
            ("9223372036854775808", nil), ("-9223372036854775809", nil), ("18446744073709551616", nil),
            ("100000000000000000000000000000000000000000", nil), ("1.0", nil), ("1e2", nil), ("1E2", nil),
            ("0.5", nil), ("-0.0", nil),
        ] as [(String, Int64?)])
    func readsIntegers(text: String, expected: Int64?) throws {
        let number = try #require(JSONNumber(text: text))
        #expect(number.integer == expected)
        #expect(number.text == text)
    }

    @Test(
        "is made from text only if the grammar allows it",
        arguments: ["", " 1", "1 ", "01", "+1", "1.", "abc", "\"1\"", "--1"])
    func refusesOtherText(text: String) {
        #expect(JSONNumber(text: text) == nil)
    }

    @Test("is written as it was read", arguments: ["1.50", "1E+2", "-0", "123456789012345678901234567890"])
    func keepsItsText(text: String) throws {
        #expect(try JSONValue(parsing: text).text == text)
    }
}
