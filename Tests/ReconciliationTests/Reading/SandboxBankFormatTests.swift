import Money
import SummaTestKit
import Testing

@testable import Reconciliation

@Suite("Reading the sandbox's bank file")
struct SandboxBankFormatTests {
    private static let records = [
        "record,booking_date,value_date,amount,currency,remittance,bank_reference",
        "header,2026-04-01,,,,,bnk_20260401",
        "opening,2026-04-01,,10.00,EUR,,",
        "opening,2026-04-01,,0,JPY,,",
        "line,2026-04-01,2026-04-02,5.61,EUR,rem_1,bnk_a",
        "line,2026-04-01,2026-04-01,-15,JPY,rem_2,bnk_b",
        "closing,2026-04-01,,15.61,EUR,,",
        "closing,2026-04-01,,-15,JPY,,",
        "trailer,,,2,,,",
    ]

    private func content(_ records: [String]) throws -> BankContent {
        guard case .bank(let content) = try StatementFormats.read(SettlementText.bytes(records)).content else {
            throw StatementRejection(line: nil, .unknownFormat)
        }
        return content
    }

    private func changed(_ line: Int, _ old: String, _ new: String) -> [String] {
        var records = Self.records
        records[line - 1] = records[line - 1].replacing(old, with: new, maxReplacements: 1)
        return records
    }

    @Test("gives the lines with both dates, and the balances of each currency")
    func wholeFile() throws {
        let file = try content(Self.records)
        #expect(file.reference?.text == "bnk_20260401")
        #expect(file.lines.map(\.amount) == [.eur(561), .jpy(-15)])
        #expect(file.lines.map { $0.remittance?.text } == ["rem_1", "rem_2"])
        #expect(file.lines[0].valueDate.days(since: file.lines[0].bookingDate) == 1)
        #expect(
            file.balances == [
                BankBalanceTotals(opening: .eur(1_000), closing: .eur(1_561)),
                BankBalanceTotals(opening: .jpy(0), closing: .jpy(-15)),
            ])
    }

    @Test("refuses a file that ends before its trailer", arguments: 1...8)
    func torn(kept: Int) {
        #expect(throws: StatementRejection.self) { try content(Array(Self.records.prefix(kept))) }
    }

    @Test(
        "refuses what does not add up, and names the line",
        arguments: [
            (7, "15.61", "15.60", StatementFault.sumDiffers("EUR", stated: .eur(1_560), summed: .eur(1_561))),
            (9, "2", "3", .countDiffers("trailer", stated: 3, counted: 2)),
            (7, "EUR", "USD", .missingTotal("USD")),
            (4, "0,JPY", "0.00,EUR", .repeatedTotal("EUR")),
            (5, "5.61", "5.6", .malformedAmount("amount", .malformed)),
            (5, "5.61", "0.00", .malformedValue("amount")),
            (6, "JPY", "KWD", .malformedAmount("amount", .malformed)),
            (6, "line", "opening", .outOfOrder(record: "opening")),
        ])
    func refusals(line: Int, old: String, new: String, fault: StatementFault) {
        #expect(throws: StatementRejection(line: line, fault)) { try content(changed(line, old, new)) }
    }

    @Test("refuses a line in a currency without balances, and a currency that is never closed")
    func missingBalances() {
        let noClosing = Self.records.filter { !$0.hasPrefix("closing,2026-04-01,,-15") }
        #expect(throws: StatementRejection(line: 8, .missingTotal("JPY"))) { try content(noClosing) }
        let noBalances = Self.records.filter { !$0.contains("JPY,,") }
        #expect(throws: StatementRejection(line: 7, .missingTotal("JPY"))) { try content(noBalances) }
    }
}
