import Money
import SummaTestKit
import Testing

@Suite("Converting by an exchange rate")
struct ExchangeRateTests {
    private func rate(_ base: Currency, _ quote: Currency, _ value: String) throws -> ExchangeRate {
        try ExchangeRate(
            base: base, quote: quote, value: ExactDecimal(value), source: "test", quotedAtMicroseconds: 1)
    }

    @Test("multiplies from base to quote and divides back, rounding once by the named mode")
    func bothDirections() throws {
        let euroInDollars = try rate(.eur, .usd, "1.0725")
        #expect(try euroInDollars.converted(.eur(1_000), .baseToQuote, rounding: .halfEven).to == .usd(1_072))
        #expect(try euroInDollars.converted(.eur(1_000), .baseToQuote, rounding: .halfUp).to == .usd(1_073))
        #expect(try euroInDollars.converted(.usd(1_000), .quoteToBase, rounding: .down).to == .eur(932))
        #expect(try euroInDollars.converted(.usd(1_000), .quoteToBase, rounding: .up).to == .eur(933))
        #expect(try euroInDollars.converted(.eur(-1_000), .baseToQuote, rounding: .floor).to == .usd(-1_073))
    }

    @Test("moves between exponents")
    func exponents() throws {
        let yen = try rate(.eur, .jpy, "161.5")
        #expect(try yen.converted(.eur(10_00), .baseToQuote, rounding: .down).to == .jpy(1_615))
        #expect(try yen.converted(.jpy(1_615), .quoteToBase, rounding: .down).to == .eur(10_00))
        let dinars = try rate(.jpy, .kwd, "0.002")
        #expect(try dinars.converted(.jpy(1_000), .baseToQuote, rounding: .down).to == .kwd(2_000))
        #expect(try dinars.converted(.kwd(2_000), .quoteToBase, rounding: .down).to == .jpy(1_000))
    }

    @Test("records everything it was made from, and the remainder below a minor unit")
    func records() throws {
        let euroInDollars = try rate(.eur, .usd, "1.0725")
        let conversion = try euroInDollars.converted(.eur(1_001), .baseToQuote, rounding: .down)
        // 1,001 cents × 1.0725 = 1,073.5725 cents.
        #expect(conversion.to == .usd(1_073))
        #expect(conversion.remainder.numerator == 5_725)
        #expect(conversion.remainder.denominator == 10_000)
        #expect(conversion.from == .eur(1_001))
        #expect(conversion.rate == euroInDollars)
        #expect(conversion.direction == .baseToQuote)
        #expect(conversion.rounding == .down)
        let up = try euroInDollars.converted(.eur(1_001), .baseToQuote, rounding: .up)
        #expect(up.to == .usd(1_074))
        #expect(up.remainder.numerator == -4_275)
    }

    @Test("refuses an amount that is not in the currency the direction starts from")
    func refusesWrongCurrency() throws {
        let euroInDollars = try rate(.eur, .usd, "1.0725")
        #expect(throws: ExchangeError.currencyMismatch(expected: .usd, .eur)) {
            try euroInDollars.converted(.eur(1), .quoteToBase, rounding: .down)
        }
        #expect(throws: ExchangeError.currencyMismatch(expected: .eur, .jpy)) {
            try euroInDollars.converted(.jpy(1), .baseToQuote, rounding: .down)
        }
    }

    @Test("reaches the edge of Int64 and says so beyond it")
    func edges() throws {
        let one = try rate(.eur, .usd, "1")
        #expect(try one.converted(.eur(.max), .baseToQuote, rounding: .up).to == .usd(.max))
        #expect(try one.converted(.eur(.min), .baseToQuote, rounding: .up).to == .usd(.min))
        // 9.22… minor units less than all of them, from a product of 123 bits.
        let almost = try rate(.eur, .usd, "0.999999999999999999")
        #expect(try almost.converted(.eur(.max), .baseToQuote, rounding: .up).to == .usd(.max - 9))
        #expect(try almost.converted(.usd(.max - 10), .quoteToBase, rounding: .up).to == .eur(.max))
        #expect(throws: ExchangeError.outOfRange(.usd(.max))) {
            try almost.converted(.usd(.max), .quoteToBase, rounding: .down)
        }
        let twice = try rate(.eur, .usd, "2")
        #expect(throws: ExchangeError.outOfRange(.eur(.max))) {
            try twice.converted(.eur(.max), .baseToQuote, rounding: .down)
        }
    }

    @Test("loses nothing: result and remainder make the exact value", arguments: [0x5EED_0030, 0x5EED_0031])
    func exact(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<3_000 {
            let base = try Currency.custom("BASE", exponent: Int.random(in: 0...9, using: &random))
            let quote = try Currency.custom("QUOTE", exponent: Int.random(in: 0...9, using: &random))
            let significand = Int128(random.next() >> UInt64.random(in: 1...62, using: &random)) + 1
            let scale = Int.random(in: 0...ExchangeRate.scaleMax, using: &random)
            let value = try #require(ExactDecimal(significand: min(significand, Int128(Int64.max)), scale: scale))
            let rate = try ExchangeRate(base: base, quote: quote, value: value, source: "test", quotedAtMicroseconds: 0)
            let units = Int64(truncatingIfNeeded: random.next()) >> Int64.random(in: 0...63, using: &random)
            let mode = Rounding.allCases.randomElement(using: &random) ?? .down
            let amount = Amount(minorUnits: units, currency: base)
            guard let conversion = try? rate.converted(amount, .baseToQuote, rounding: mode) else { continue }
            let remainder = conversion.remainder
            let shift = quote.exponent - base.exponent - scale
            let factor = (0..<max(shift, 0)).reduce(value.significand) { product, _ in product * 10 }
            let left = Int128(conversion.to.minorUnits).multipliedFullWidth(by: remainder.denominator)
            let right = Int128(units).multipliedFullWidth(by: factor)
            // left + remainder = right, in 256 bits: the low halves carry the remainder.
            let (low, carry) = left.low.addingReportingOverflow(UInt128(truncatingIfNeeded: remainder.numerator))
            let high = left.high &+ (remainder.numerator < 0 ? -1 : 0) &+ (carry ? 1 : 0)
            #expect(low == right.low && high == right.high, "seed \(seed): \(amount) \(value) \(mode)")
            #expect(remainder.numerator.magnitude < remainder.denominator.magnitude, "seed \(seed)")
        }
    }
}

@Suite("An exchange rate")
struct ExchangeRateBoundsTests {
    private func rate(_ value: String, quote: Currency = .usd, source: String = "test") throws -> ExchangeRate {
        try ExchangeRate(
            base: .eur, quote: quote, value: ExactDecimal(value), source: source, quotedAtMicroseconds: 0)
    }

    @Test("is above zero", arguments: ["0", "0.000", "-1", "-0.5"])
    func positive(value: String) throws {
        let number = try ExactDecimal(value)
        #expect(throws: ExchangeError.notPositive(number)) { try rate(value) }
        #expect(try rate("0.000000000000000001").value.scale == 18)
    }

    @Test("has at most 18 digits after the point and a significand of Int64")
    func precision() throws {
        #expect(try rate("9.223372036854775807").value.significand == Int128(Int64.max))
        for value in ["9.223372036854775808", "0.0000000000000000001", "9223372036854775808"] {
            let number = try ExactDecimal(value)
            #expect(throws: ExchangeError.tooPrecise(number)) { try rate(value) }
        }
    }

    @Test("names its source and is between two currencies")
    func sourceAndCurrencies() {
        #expect(throws: ExchangeError.sourceMissing) { try rate("1.1", source: "") }
        #expect(throws: ExchangeError.sameCurrency(.eur)) { try rate("1", quote: .eur) }
    }

    @Test("applies the names events carry to its directions")
    func directions() {
        #expect(ExchangeDirection.allCases.map(\.rawValue) == ["base_to_quote", "quote_to_base"])
    }
}
