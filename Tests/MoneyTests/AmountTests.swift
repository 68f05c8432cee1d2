import Money
import SummaTestKit
import Testing

@Suite("An amount")
struct AmountTests {
    @Test("adds and subtracts up to the last minor unit of Int64, and says when it cannot")
    func addsAndSubtracts() throws {
        #expect(try Amount.eur(.max - 1).adding(.eur(1)) == .eur(.max))
        #expect(throws: AmountError.overflow(.eur(.max), .eur(1))) { try Amount.eur(.max).adding(.eur(1)) }
        #expect(try Amount.eur(.min + 1).subtracting(.eur(1)) == .eur(.min))
        #expect(throws: AmountError.overflow(.eur(.min), .eur(1))) { try Amount.eur(.min).subtracting(.eur(1)) }
        #expect(try Amount.eur(5).subtracting(.eur(7)) == .eur(-2))
    }

    @Test("is never added to, taken from or compared with another currency")
    func refusesOtherCurrency() {
        let mismatch = AmountError.currencyMismatch(.eur, .usd)
        #expect(throws: mismatch) { try Amount.eur(1).adding(.usd(1)) }
        #expect(throws: mismatch) { try Amount.eur(1).subtracting(.usd(1)) }
        #expect(throws: mismatch) { try Amount.eur(1).isLess(than: .usd(1)) }
        #expect(throws: mismatch) { try Amount.eur(1).exceeds(.usd(1)) }
        #expect(Amount.eur(1) != .usd(1))
    }

    @Test("negates everything but Int64.min")
    func negates() throws {
        #expect(try Amount.eur(.max).negated() == .eur(.min + 1))
        #expect(try Amount.eur(.min + 1).negated() == .eur(.max))
        #expect(throws: AmountError.outOfRange(-Int128(Int64.min), .eur)) { try Amount.eur(.min).negated() }
    }

    @Test("compares by minor units", arguments: [(1, 2), (-1, 0), (.min, .max)] as [(Int64, Int64)])
    func compares(smaller: Int64, larger: Int64) throws {
        #expect(try Amount.eur(smaller).isLess(than: .eur(larger)))
        #expect(try Amount.eur(larger).exceeds(.eur(smaller)))
        #expect(try !Amount.eur(larger).isLess(than: .eur(smaller)))
        #expect(try !Amount.eur(larger).exceeds(.eur(larger)))
        #expect(try !Amount.eur(larger).isLess(than: .eur(larger)))
    }

    @Test("knows its sign")
    func sign() {
        #expect(Amount.zero(.jpy).isZero && !Amount.zero(.jpy).isPositive && !Amount.zero(.jpy).isNegative)
        #expect(Amount.jpy(1).isPositive && !Amount.jpy(1).isNegative && !Amount.jpy(1).isZero)
        #expect(Amount.jpy(-1).isNegative && !Amount.jpy(-1).isPositive && !Amount.jpy(-1).isZero)
    }

    @Test("multiplies up to the edge of Int64")
    func multiplies() throws {
        #expect(try Amount.eur(.max / 7).multiplied(by: 7) == .eur(.max / 7 * 7))
        #expect(throws: AmountError.outOfRange(Int128(Int64.max / 7 + 1) * 7, .eur)) {
            try Amount.eur(.max / 7 + 1).multiplied(by: 7)
        }
        #expect(try Amount.eur(.min).multiplied(by: 1) == .eur(.min))
        #expect(throws: AmountError.self) { try Amount.eur(.min).multiplied(by: -1) }
        #expect(throws: AmountError.self) { try Amount.eur(.min).multiplied(by: .min) }
    }

    @Test("multiplied by a ratio is rounded once, although the product is wider than Int64")
    func multipliesByRatio() throws {
        #expect(try Amount.eur(.max).multiplied(by: .max, over: .max, rounding: .down) == .eur(.max))
        #expect(try Amount.eur(.min).multiplied(by: .min, over: .min, rounding: .down) == .eur(.min))
        #expect(try Amount.eur(100).multiplied(by: 1, over: 3, rounding: .down) == .eur(33))
        #expect(try Amount.eur(100).multiplied(by: 1, over: 3, rounding: .up) == .eur(34))
        #expect(try Amount.eur(-100).multiplied(by: 1, over: 3, rounding: .floor) == .eur(-34))
        #expect(throws: AmountError.zeroDenominator) {
            try Amount.eur(100).multiplied(by: 1, over: 0, rounding: .down)
        }
        #expect(throws: AmountError.self) { try Amount.eur(.max).multiplied(by: 2, over: 1, rounding: .down) }
        #expect(throws: AmountError.self) { try Amount.eur(.min).multiplied(by: .min, over: 1, rounding: .down) }
    }

    @Test("takes a portion in basis points by the named rounding")
    func portion() throws {
        #expect(try Amount.eur(1_000).portion(basisPoints: 290, rounding: .halfEven) == .eur(29))
        #expect(try Amount.eur(50).portion(basisPoints: 100, rounding: .halfUp) == .eur(1))
        #expect(try Amount.eur(50).portion(basisPoints: 100, rounding: .halfEven) == .eur(0))
        #expect(try Amount.jpy(250).portion(basisPoints: 100, rounding: .halfEven) == .jpy(2))
        #expect(try Amount.eur(.max).portion(basisPoints: 10_000, rounding: .down) == .eur(.max))
        #expect(throws: AmountError.self) { try Amount.eur(.max).portion(basisPoints: 10_001, rounding: .up) }
    }
}

@Suite("A sum of amounts")
struct AmountSumTests {
    @Test("goes beyond Int64 and comes back")
    func wider() throws {
        var sum = try AmountSum(of: [.eur(.max), .eur(.max)], in: .eur)
        #expect(sum.minorUnits == 2 * Int128(Int64.max))
        #expect(throws: AmountError.outOfRange(sum.minorUnits, .eur)) { try sum.amount() }
        try sum.subtract(.eur(.max))
        #expect(try sum.amount() == .eur(.max))
        try sum.subtract(.eur(.max))
        #expect(sum.isZero)
    }

    @Test("refuses another currency and stays as it was")
    func refusesOtherCurrency() throws {
        var sum = try AmountSum(of: [.eur(5)], in: .eur)
        #expect(throws: AmountError.currencyMismatch(.eur, .usd)) { try sum.add(.usd(1)) }
        #expect(throws: AmountError.currencyMismatch(.eur, .usd)) { try sum.subtract(.usd(1)) }
        #expect(try sum.amount() == .eur(5))
        #expect(throws: AmountError.self) { try AmountSum(of: [.eur(5), .usd(1)], in: .eur) }
    }
}
