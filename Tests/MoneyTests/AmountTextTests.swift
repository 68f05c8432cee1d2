import Money
import SummaTestKit
import Testing

@Suite("A written amount")
struct AmountTextTests {
    @Test(
        "is read to the minor unit",
        arguments: [
            ("0", .eur(0)), ("12.34", .eur(1234)), ("12.3", .eur(1230)), ("12", .eur(1200)), ("0.05", .eur(5)),
            ("-0.05", .eur(-5)), ("-0", .eur(0)), ("1200", .jpy(1200)), ("1.234", .kwd(1234)),
            ("92233720368547758.07", .eur(.max)), ("-92233720368547758.08", .eur(.min)),
            ("9223372036854775807", .jpy(.max)), ("-9223372036854775.808", .kwd(.min)),
        ] as [(String, Amount)])
    func reads(text: String, amount: Amount) throws {
        #expect(try Amount(decimal: text, in: amount.currency) == amount)
        #expect(try Amount(decimalUTF8: Array(text.utf8), in: amount.currency) == amount)
    }

    @Test(
        "is written with all digits of its exponent",
        arguments: [
            (.eur(0), "0.00"), (.eur(5), "0.05"), (.eur(-5), "-0.05"), (.eur(1230), "12.30"), (.jpy(-7), "-7"),
            (.kwd(1), "0.001"), (.kwd(1000), "1.000"), (.eur(.max), "92233720368547758.07"),
            (.eur(.min), "-92233720368547758.08"), (.jpy(.min), "-9223372036854775808"),
        ] as [(Amount, String)])
    func writes(amount: Amount, text: String) {
        #expect(amount.decimal == text)
        #expect(amount.description == "\(text) \(amount.currency)")
    }

    @Test(
        "is refused when it is not by the grammar",
        arguments: [
            "", "-", "+", ".", "-.", "1.", ".5", "-.5", "00", "01", "-01.00", "1.2.3", "1,5", "1 000", "1_000", " 1",
            "1 ",
            "1e3", "0x10", "--1", "+-1", "1-", "NaN", "∞", "１２", "٣", "1.2３", "1\0", "12.34EUR", "−5",
        ])
    func refusesMalformed(text: String) {
        #expect(throws: DecimalTextError.malformed) { try Amount(decimal: text, in: .eur, sign: .plusOrMinus) }
    }

    @Test("is refused with more digits than the currency has, even zeros")
    func refusesTooManyDigits() throws {
        #expect(throws: DecimalTextError.tooManyFractionDigits(3, allowed: 2)) {
            try Amount(decimal: "12.340", in: .eur)
        }
        #expect(throws: DecimalTextError.tooManyFractionDigits(1, allowed: 0)) { try Amount(decimal: "1.0", in: .jpy) }
        #expect(throws: DecimalTextError.tooManyFractionDigits(4, allowed: 3)) {
            try Amount(decimal: "0.0001", in: .kwd)
        }
        let fourDigits = try Currency("CLF")
        #expect(try Amount(decimal: "0.0001", in: fourDigits).minorUnits == 1)
        #expect(throws: DecimalTextError.tooManyFractionDigits(5, allowed: 4)) {
            try Amount(decimal: "0.00010", in: fourDigits)
        }
    }

    @Test(
        "is refused one minor unit beyond Int64, and at any length",
        arguments: [
            "92233720368547758.08", "-92233720368547758.09", "92233720368547759", "18446744073709551616",
            "340282366920938463463374607431768211455", "340282366920938463463374607431768211456",
            "-" + String(repeating: "9", count: 100_000),
        ])
    func refusesOverflow(text: String) {
        #expect(throws: DecimalTextError.outOfRange) { try Amount(decimal: text, in: .eur) }
    }

    @Test("may carry only the signs the reader allows")
    func signs() throws {
        #expect(try Amount(decimal: "+1", in: .jpy, sign: .plusOrMinus) == .jpy(1))
        #expect(try Amount(decimal: "-1", in: .jpy, sign: .plusOrMinus) == .jpy(-1))
        #expect(throws: DecimalTextError.malformed) { try Amount(decimal: "+1", in: .jpy) }
        #expect(try Amount(decimal: "-1", in: .jpy) == .jpy(-1))
        #expect(throws: DecimalTextError.malformed) { try Amount(decimal: "-1", in: .jpy, sign: .none) }
        #expect(try Amount(decimal: "1", in: .jpy, sign: .none) == .jpy(1))
    }

    @Test("comes back as it was, for every exponent", arguments: [0x5EED_0001, 0x5EED_0002] as [UInt64])
    func roundTrip(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for exponent in 0...9 {
            let currency = try Currency.custom("ASSET", exponent: exponent)
            for _ in 0..<500 {
                let units = Int64(truncatingIfNeeded: random.next()) >> Int64.random(in: 0...63, using: &random)
                let amount = Amount(minorUnits: units, currency: currency)
                #expect(try Amount(decimal: amount.decimal, in: currency) == amount, "seed \(seed)")
            }
        }
    }

    @Test("never traps, whatever the bytes", arguments: [0x5EED_0003] as [UInt64])
    func anyBytes(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let alphabet = Array("0123456789.-+ eE,\0\u{7f}".utf8) + [0x80, 0xFF]
        for _ in 0..<20_000 {
            let length = Int.random(in: 0...45, using: &random)
            let bytes = (0..<length).map { _ in alphabet.randomElement(using: &random) ?? 0 }
            guard let amount = try? Amount(decimalUTF8: bytes, in: .eur, sign: .plusOrMinus) else { continue }
            #expect(try Amount(decimal: amount.decimal, in: .eur) == amount, "seed \(seed), \(bytes)")
        }
    }
}
