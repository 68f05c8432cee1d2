import Sandbox
import Testing

@Suite("The sandbox's amounts")
struct AmountTests {
    @Test(
        "are written with all digits of their currency",
        arguments: [
            (0, "EUR", "0.00"), (5, "EUR", "0.05"), (-5, "EUR", "-0.05"), (1_234, "EUR", "12.34"),
            (1_250, "JPY", "1250"),
            (-1, "JPY", "-1"), (7, "KWD", "0.007"), (12_345, "KWD", "12.345"), (.max, "EUR", "92233720368547758.07"),
            (.min, "KWD", "-9223372036854775.808"),
        ] as [(Int64, String, String)])
    func decimals(minorUnits: Int64, code: String, text: String) throws {
        let currency = try #require(SandboxCurrency(code: code))
        #expect(currency.decimal(minorUnits) == text)
    }

    @Test("know no currency but their own", arguments: ["", "eur", "XXX", "XAU", "EURO"])
    func unknown(code: String) {
        #expect(SandboxCurrency(code: code) == nil)
    }

    @Test(
        "days are read strictly",
        arguments: [
            ("2026-02-28", true), ("2026-02-29", false), ("2024-02-29", true), ("2026-2-28", false),
            ("2026-02-28 ", false),
            ("+026-02-28", false), ("", false), ("2026-13-01", false),
        ])
    func days(text: String, isADay: Bool) {
        #expect((BusinessDay(text: text) != nil) == isADay)
        if let day = BusinessDay(text: text) { #expect("\(day)" == text) }
    }
}
