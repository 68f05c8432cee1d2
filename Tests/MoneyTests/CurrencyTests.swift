import Money
import Testing

@Suite("A currency")
struct CurrencyTests {
    @Test("is found by its ISO code, with its exponent", arguments: [("JPY", 0), ("EUR", 2), ("KWD", 3), ("CLF", 4)])
    func findsExponent(code: String, exponent: Int) throws {
        let currency = try Currency(code)
        #expect(currency.exponent == exponent)
        #expect(currency.description == code)
    }

    @Test("named in source is the one of the table", arguments: [Currency.eur, .usd, .gbp, .jpy, .kwd])
    func namedInSource(currency: Currency) throws {
        #expect(try Currency(currency.description) == currency)
    }

    @Test(
        "refuses a text that is no code",
        arguments: [
            "", "E", "EU", "eur", "EUr", " EUR", "EUR ", "E-R", "€UR", "ＥＵＲ", "EUR\0", "978", "1INCH", "NINECHARS",
            String(repeating: "A", count: 100_000),
        ])
    func refusesMalformed(text: String) {
        #expect(throws: CurrencyError.malformed) { try Currency(text) }
        #expect(throws: CurrencyError.malformed) { try Currency.custom(text, exponent: 2) }
    }

    @Test("refuses a code nobody has given out", arguments: ["QQQ", "EURO", "A1B", "EIGHTCHR"])
    func refusesUnknown(text: String) throws {
        let code = try #require(CurrencyCode(text))
        #expect(throws: CurrencyError.unknown(code)) { try Currency(text) }
        #expect(throws: CurrencyError.unknown(code)) { try Currency(recorded: text) }
    }

    @Test("refuses gold, the test code and no currency: nothing whole can be counted in them")
    func refusesCodesWithoutMinorUnit() throws {
        for text in ["XAU", "XTS", "XXX"] {
            let code = try #require(CurrencyCode(text))
            #expect(throws: CurrencyError.noMinorUnit(code)) { try Currency(text) }
            #expect(throws: CurrencyError.noMinorUnit(code)) { try Currency(recorded: text) }
        }
    }

    @Test("withdrawn is refused for anything new, with its month, and read in old records")
    func withdrawn() throws {
        let code = try #require(CurrencyCode("BGN"))
        #expect(throws: CurrencyError.withdrawn(code, since: "2026-01")) { try Currency("BGN") }
        #expect(try Currency(recorded: "BGN").exponent == 2)
        #expect(try Currency(recorded: "ITL").exponent == 0)
        #expect(try Currency(recorded: "EUR") == .eur)
    }

    @Test("comes back from the number a row stores, and no other number is one")
    func packs() throws {
        let points = try Currency.custom("POINTS12", exponent: 9)
        for currency in [Currency.eur, .jpy, points] {
            #expect(Currency(packed: currency.packed) == currency)
        }
        let euros = Currency.eur.packed
        let exponentTen = euros | 0b1010
        let gapInCode = euros & ~(0b111111 << 40)
        let charactersBeyond37 = euros | (0b111111 << 28)
        for number in [0, -1, .min, .max, 2, exponentTen, gapInCode, charactersBeyond37, euros | 1 << 52] {
            #expect(Currency(packed: number) == nil, "\(number)")
        }
    }

    @Test("sorts as its code does")
    func sorts() throws {
        let names = ["ABC1", "ABC", "ZZZ9", "B0B", "EURO", "ABCD", "BAB"]
        let currencies = try names.map { try Currency.custom($0, exponent: 1) } + [.eur]
        #expect(currencies.sorted().map(\.description) == (names + ["EUR"]).sorted())
    }
}

@Suite("A custom asset")
struct CustomAssetTests {
    @Test("has 3 to 8 characters and 0 to 9 digits after the point", arguments: ["ABX", "POINTS", "T0KEN", "EIGHT888"])
    func accepted(name: String) throws {
        for exponent in [0, 9] {
            let asset = try Currency.custom(name, exponent: exponent)
            #expect(asset.description == name)
            #expect(asset.exponent == exponent)
        }
        for exponent in [-1, 10, .min, .max] {
            #expect(throws: CurrencyError.exponentOutOfRange(exponent)) {
                try Currency.custom(name, exponent: exponent)
            }
        }
    }

    @Test(
        "may not take the name of a currency, in use, withdrawn or without minor unit",
        arguments: ["EUR", "DEM", "XAU"])
    func refusesISONames(name: String) throws {
        let code = try #require(CurrencyCode(name))
        #expect(throws: CurrencyError.takenByISO(code)) { try Currency.custom(name, exponent: 2) }
    }

    @Test("is known only to the registry it was given to")
    func registry() throws {
        let points = try Currency.custom("POINTS", exponent: 0)
        let registry = try CurrencyRegistry(customAssets: [points])
        #expect(try registry.currency("POINTS") == points)
        #expect(try registry.recordedCurrency("POINTS") == points)
        #expect(try registry.currency(utf8: Array("EUR".utf8)) == .eur)
        #expect(throws: CurrencyError.unknown(points.code)) { try CurrencyRegistry.iso.currency("POINTS") }
    }

    @Test("has one exponent in a registry, and another exponent makes another currency")
    func duplicates() throws {
        let whole = try Currency.custom("POINTS", exponent: 0)
        let tenths = try Currency.custom("POINTS", exponent: 1)
        #expect(whole != tenths)
        #expect(throws: CurrencyError.duplicate(whole.code)) {
            try CurrencyRegistry(customAssets: [whole, tenths])
        }
    }
}
