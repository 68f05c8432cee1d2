import Money
import SummaTestKit
import Testing

@Suite("The ISO 4217 tables", .enabled(if: SharedVectors.present, "the shared test vectors are not here"))
struct ISO4217VectorTests {
    private struct Published: Decodable {
        struct Row: Decodable {
            let code: String
            let exponent: Int?
        }
        let currencies: [Row]
    }

    private struct Withdrawn: Decodable {
        let code: String
        let withdrawn: String
    }

    @Test("hold every published code with its exponent, and no other")
    func currentCodes() throws {
        let published = try SharedVectors.json("money/iso4217.json", as: Published.self).currencies
        #expect(ISO4217.currentCodes.map(\.description) == published.map(\.code).sorted())
        for row in published {
            let code = try #require(CurrencyCode(row.code))
            if let exponent = row.exponent {
                #expect(try Currency(row.code).exponent == exponent, "\(code)")
            } else {
                #expect(throws: CurrencyError.noMinorUnit(code)) { try Currency(row.code) }
            }
        }
    }

    @Test("agree with the agency's own XML")
    func agencyTable() throws {
        let text = String(decoding: try SharedVectors.bytes("money/iso4217_table_a1_2026-01-01.xml"), as: UTF8.self)
        let rows = text.split(separator: "<CcyNtry>").dropFirst()
        var checked: Set<Substring> = []
        for row in rows {
            // Antarctica and the like are listed without a currency.
            guard let code = content(of: "Ccy", in: row), let units = content(of: "CcyMnrUnts", in: row) else {
                continue
            }
            let known = try #require(CurrencyCode(code))
            let entry = try #require(ISO4217.entry(for: known))
            #expect(!entry.isWithdrawn && entry.exponent == Int(units), "\(code) \(units)")
            checked.insert(code)
        }
        #expect(checked.count == ISO4217.currentCodes.count)
    }

    @Test("hold every withdrawn code with its month, closed to anything new")
    func withdrawnCodes() throws {
        let published = try SharedVectors.json("money/iso4217_withdrawn.json", as: [Withdrawn].self)
        #expect(published.count == ISO4217.withdrawalMonths.count)
        for row in published {
            let code = try #require(CurrencyCode(row.code))
            #expect(throws: CurrencyError.withdrawn(code, since: row.withdrawn)) { try Currency(row.code) }
        }
    }

    private func content(of element: String, in text: Substring) -> Substring? {
        guard let start = text.firstRange(of: "<\(element)>"), let end = text.firstRange(of: "</\(element)>") else {
            return nil
        }
        return text[start.upperBound..<end.lowerBound]
    }
}
