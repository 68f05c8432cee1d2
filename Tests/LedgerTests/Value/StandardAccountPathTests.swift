import Ledger
import Money
import Testing

@Suite("The path of a standard account")
struct StandardAccountPathTests {
    @Test("is its template filled in, and reads back as the same path", arguments: AccountTemplate.allCases)
    func filled(template: AccountTemplate) throws {
        for text in ["a", "m.4-2_x", String(repeating: "z", count: PathSegment.lengthMax)] {
            let owner: PathSegment? = template.hasOwner ? PathSegment(text) : nil
            let path = StandardAccount(template, of: owner).path(in: try Currency("EUR"))
            #expect(path.text == template.rawValue.replacing("{}", with: text) + ":EUR")
            #expect(AccountPath(path.text) == path)
            #expect(ChartOfAccounts.line(for: path)?.template == template)
        }
    }
}
