import Money
import Testing

@Suite("An exact decimal number")
struct ExactDecimalTests {
    @Test("is kept as it is written", arguments: ["0", "1.0725", "1.10", "-0.001", "12345678901234567890.0345"])
    func asWritten(text: String) throws {
        #expect(try ExactDecimal(text).description == text)
    }

    @Test("holds every significand of Int128")
    func significands() throws {
        #expect(try ExactDecimal("170141183460469231731687303715884105727").significand == .max)
        #expect(try ExactDecimal("-1.70141183460469231731687303715884105728").significand == .min)
        #expect(throws: DecimalTextError.outOfRange) { try ExactDecimal("170141183460469231731687303715884105728") }
        #expect(throws: DecimalTextError.outOfRange) { try ExactDecimal("-170141183460469231731687303715884105729") }
    }

    @Test("has 0 to 38 digits after the point")
    func scales() throws {
        let zeros = String(repeating: "0", count: 37)
        #expect(try ExactDecimal("0.\(zeros)1").scale == 38)
        #expect(throws: DecimalTextError.tooManyFractionDigits(39, allowed: 38)) { try ExactDecimal("0.\(zeros)01") }
        #expect(ExactDecimal(significand: 1, scale: 38) != nil)
        #expect(ExactDecimal(significand: 1, scale: 39) == nil)
        #expect(ExactDecimal(significand: 1, scale: -1) == nil)
    }

    @Test("is filled up with zeros as far as they fit")
    func fillsUp() throws {
        #expect(try ExactDecimal("1.5").rounded(toScale: 3, rounding: .down)?.description == "1.500")
        #expect(try ExactDecimal("1.7").rounded(toScale: 38, rounding: .down)?.scale == 38)
        #expect(try ExactDecimal("1.8").rounded(toScale: 38, rounding: .down) == nil)
        #expect(try ExactDecimal("1.5").rounded(toScale: 39, rounding: .down) == nil)
        #expect(try ExactDecimal("1.5").rounded(toScale: -1, rounding: .down) == nil)
    }
}
