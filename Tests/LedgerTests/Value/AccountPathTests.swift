import Ledger
import Money
import Testing

@Suite("An account path")
struct AccountPathTests {
    @Test("ends in the currency's code", arguments: ["merchant:42:payable:EUR", "rounding:JPY", "a_b.c-d:POINTS"])
    func reads(text: String) throws {
        let path = try #require(AccountPath(text))
        #expect(path.text == text)
        #expect(path.currencyCode.description == text.split(separator: ":").last.map(String.init))
    }

    @Test(
        "refuses other letters, empty segments and a missing currency",
        arguments: [
            "", "EUR", "merchant:42:payable", "merchant::payable:EUR", ":EUR", "merchant:42:eur", "Merchant:42:EUR",
            "merchant:4 2:EUR", "merchant:é:EUR", "merchant:42:EUR:",
        ])
    func refuses(text: String) {
        #expect(AccountPath(text) == nil)
    }

    @Test("has at most 128 bytes")
    func length() {
        let segments = String(repeating: "a", count: 62) + ":" + String(repeating: "b", count: 61)
        #expect(AccountPath(segments + ":EUR") != nil)
        #expect(AccountPath("c" + segments + ":EUR") == nil)
    }

    @Test("has segments of at most 64 letters")
    func segmentLength() {
        #expect(PathSegment(String(repeating: "a", count: 64)) != nil)
        #expect(PathSegment(String(repeating: "a", count: 65)) == nil)
    }
}

@Suite("The standard chart")
struct ChartOfAccountsTests {
    @Test("lists every template once")
    func complete() {
        #expect(ChartOfAccounts.lines.map(\.template).count == AccountTemplate.allCases.count)
        #expect(Set(ChartOfAccounts.lines.map(\.template)) == Set(AccountTemplate.allCases))
    }

    @Test("recognises the paths it makes, and no other line does", arguments: AccountTemplate.allCases)
    func recognises(template: AccountTemplate) throws {
        let owner = template.hasOwner ? PathSegment("acme-1") : nil
        let path = StandardAccount(template, of: owner).path(in: .eur)
        #expect(ChartOfAccounts.line(for: path)?.template == template)
        #expect(ChartOfAccounts.lines.count { $0.template.matches(path.stem) } == 1)
        #expect(path.currencyCode == Currency.eur.code)
    }

    @Test("fits the longest owner into every path", arguments: AccountTemplate.allCases.filter(\.hasOwner))
    func fits(template: AccountTemplate) {
        let owner = PathSegment(String(repeating: "x", count: PathSegment.lengthMax))
        #expect(StandardAccount(template, of: owner).path(in: .eur).text.utf8.count <= AccountPath.lengthMax)
    }

    @Test("leaves a caller's own accounts alone", arguments: ["wallet:7:EUR", "merchant:42:EUR", "fees:other:EUR"])
    func leavesOthers(text: String) throws {
        #expect(try ChartOfAccounts.line(for: #require(AccountPath(text))) == nil)
    }

    @Test("puts each account on the side its type increases")
    func normalSides() {
        #expect(ChartOfAccounts.line(of: .providerReceivable).type.normalSide == .debit)
        #expect(ChartOfAccounts.line(of: .merchantPayable).type.normalSide == .credit)
        #expect(ChartOfAccounts.line(of: .platformFees).type.normalSide == .credit)
        #expect(ChartOfAccounts.line(of: .chargebackLosses).type.normalSide == .debit)
    }

    @Test("asks items of every account that must return to zero")
    func itemsWhereZero() {
        for line in ChartOfAccounts.lines where line.purpose.returnsToZero {
            #expect(line.tracksItems, "\(line.template)")
        }
    }
}
