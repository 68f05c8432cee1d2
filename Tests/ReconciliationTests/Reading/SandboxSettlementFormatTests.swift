import Ledger
import Money
import Storage
import SummaTestKit
import Testing

@testable import Reconciliation

@Suite("Reading the sandbox's settlement file")
struct SandboxSettlementFormatTests {
    private static let items: [SettlementText.Item] = [
        .init(reference: "cap_1", ours: "cmd_1", gross: .eur(1_000), fee: .eur(39)),
        .init(type: "refund", reference: "ref_1", gross: .eur(-400), fee: .eur(0)),
        .init(type: "fee", reference: "dsp_1", gross: .jpy(0), fee: .jpy(15)),
    ]

    private func content(_ records: [String]) throws -> SettlementContent {
        guard case .settlement(let content) = try StatementFormats.read(SettlementText.bytes(records)).content else {
            throw StatementRejection(line: nil, .unknownFormat)
        }
        return content
    }

    /// The records of a whole file with one text replaced in the record of this line.
    private func changed(_ line: Int, _ old: String, _ new: String) -> [String] {
        var records = SettlementText(Self.items).records
        records[line - 1] = records[line - 1].replacing(old, with: new, maxReplacements: 1)
        return records
    }

    @Test("gives the lines with exact amounts, and a total for each remittance")
    func wholeFile() throws {
        let file = try content(SettlementText(Self.items).records)
        #expect(file.reference?.text == "stl_1")
        #expect(file.date == BookingDate(year: 2026, month: 3, day: 31))
        #expect(file.lines.map(\.kind) == [.charge, .refund, .disputeFee])
        #expect(file.lines.map(\.gross) == [.eur(1_000), .eur(-400), .jpy(0)])
        #expect(file.lines.map(\.net) == [.eur(961), .eur(-400), .jpy(-15)])
        #expect(file.lines[0].reference?.text == "cmd_1" && file.lines[1].reference == nil)
        #expect(file.remittances.map(\.net) == [.eur(561), .jpy(-15)])
        #expect(file.remittances.map(\.lineCount) == [2, 1])
    }

    @Test("takes a day on which nothing happened")
    func emptyDay() throws {
        #expect(try content(SettlementText([]).records).lines.isEmpty)
    }

    @Test("knows up to when the file accounts for everything, where it says so")
    func coverage() throws {
        var text = SettlementText(Self.items)
        text.coversUntil = "2026-03-31T23:50:00.000000Z"
        #expect(try content(text.records).coversUntil == Instant(text: "2026-03-31T23:50:00Z"))
        #expect(try content(SettlementText(Self.items).records).coversUntil == nil)
    }

    @Test("refuses a file that ends before its trailer, wherever it was torn", arguments: 1...7)
    func tornBetweenRecords(kept: Int) {
        let records = Array(SettlementText(Self.items).records.prefix(kept))
        #expect(throws: StatementRejection(line: kept == 1 ? nil : kept == 2 ? nil : kept, .torn)) {
            try content(records)
        }
    }

    @Test("refuses a file that was torn inside a record, whichever byte was the last")
    func tornInsideRecords() {
        let bytes = SettlementText(Self.items).bytes
        // Without its last line ending the file is whole; without a byte more the trailer lacks a column.
        for kept in 0..<bytes.count - 2 {
            #expect(throws: StatementRejection.self, "\(kept) bytes") {
                try StatementFormats.read(Array(bytes.prefix(kept)))
            }
        }
        #expect(throws: Never.self) { try StatementFormats.read(bytes.dropLast(2)) }
    }

    @Test(
        "refuses what does not add up, and names the line",
        arguments: [
            (3, "9.61", "9.62", StatementFault.netDiffers),
            (4, "item,2", "item,3", .misnumbered(expected: 2)),
            (6, "remittance,2", "remittance,3", .countDiffers("rem_20260331_EUR", stated: 3, counted: 2)),
            (
                6, "6.00", "6.01",
                .sumDiffers("rem_20260331_EUR", stated: .eur(601), summed: .eur(600))
            ),
            (8, "trailer,3", "trailer,2", .countDiffers("trailer", stated: 2, counted: 3)),
        ])
    func doesNotAddUp(line: Int, old: String, new: String, fault: StatementFault) {
        #expect(throws: StatementRejection(line: line, fault)) { try content(changed(line, old, new)) }
    }

    @Test("refuses a total that is missing, stated twice, or of no line")
    func totals() {
        var records = SettlementText(Self.items).records
        let total = records.remove(at: 6)
        #expect(throws: StatementRejection(line: 7, .missingTotal("rem_20260331_JPY"))) { try content(records) }
        records.insert(contentsOf: [total, total], at: 6)
        #expect(throws: StatementRejection(line: 8, .repeatedTotal("rem_20260331_JPY"))) { try content(records) }
        #expect(throws: StatementRejection(line: 7, .countDiffers("rem_9", stated: 1, counted: 0))) {
            try content(changed(7, "rem_20260331_JPY", "rem_9"))
        }
    }

    @Test(
        "refuses fields that are not what they must be, and names line and column",
        arguments: [
            (3, "charge", "sale", StatementFault.malformedValue("type")),
            (3, "10.00", "10.000", .malformedAmount("gross", .tooManyFractionDigits(3, allowed: 2))),
            (3, "10.00", "10.0", .malformedAmount("gross", .malformed)),
            (3, "10.00", "+10.00", .malformedAmount("gross", .malformed)),
            (3, "10.00", "1e1", .malformedAmount("gross", .malformed)),
            (3, "10.00", "92233720368547758.08", .malformedAmount("gross", .outOfRange)),
            (3, "EUR", "EUX", .unusableCurrency("currency", .unknown(CurrencyCode("EUX")!))),
            (3, "EUR", "eur", .unusableCurrency("currency", .malformed)),
            (3, "cap_1", "", .missingValue("provider_reference")),
            (3, "cap_1", "cap 1", .malformedValue("provider_reference")),
            (3, "2026-03-31T10", "2026-02-31T10", .malformedValue("occurred_at")),
            (3, "2026-03-31,10.00", "2026-04-01,10.00", .malformedValue("settlement_date")),
            (2, "header,1", "header,2", .malformedValue("line")),
            (8, "trailer,3,", "trailer,3,x", .unexpectedValue("type")),
        ])
    func malformedFields(line: Int, old: String, new: String, fault: StatementFault) {
        #expect(throws: StatementRejection(line: line, fault)) { try content(changed(line, old, new)) }
    }

    @Test("refuses a line in another currency than its remittance")
    func wrongCurrency() {
        let records = changed(4, "EUR,rem_20260331_EUR", "USD,rem_20260331_EUR")
        let fault = StatementFault.currencyOf("rem_20260331_EUR", expected: .eur, found: .usd)
        #expect(throws: StatementRejection(line: 4, fault)) { try content(records) }
    }

    @Test("refuses columns it does not know, lacks, or finds twice")
    func columns() {
        #expect(throws: StatementRejection(line: 1, .unknownColumn("tax"))) {
            try content(changed(1, "fee", "tax"))
        }
        #expect(throws: StatementRejection(line: 1, .missingColumn("remittance"))) {
            try content([String(SettlementText.heading.dropLast(",remittance".count))])
        }
        #expect(throws: StatementRejection(line: 1, .repeatedColumn("gross"))) {
            try content([SettlementText.heading + ",gross"])
        }
        #expect(throws: StatementRejection(line: 3, .fieldCount(expected: 13, found: 14))) {
            try content(changed(3, "item", "item,"))
        }
    }

    @Test("refuses records out of their order")
    func order() {
        var records = SettlementText(Self.items).records
        records.append(records[2])
        #expect(throws: StatementRejection(line: 9, .outOfOrder(record: "item"))) { try content(records) }
        records = SettlementText(Self.items).records
        records.swapAt(2, 5)
        #expect(throws: StatementRejection.self) { try content(records) }
        records = SettlementText(Self.items).records
        records[2] = records[1]
        #expect(throws: StatementRejection(line: 3, .outOfOrder(record: "header"))) { try content(records) }
    }

    @Test("masks a name that looks like a card number, and flags the line")
    func cardNumber() throws {
        let file = try content(changed(3, "cmd_1", "4111111111111111"))
        #expect(file.lines[0].reference?.text == "411111......1111")
        #expect(file.lines[0].holdsCardNumber && !file.lines[1].holdsCardNumber)
    }

    @Test("does not take a file of another beginning for one of ours")
    func otherFiles() {
        #expect(throws: StatementRejection(line: nil, .unknownFormat)) {
            try StatementFormats.read(Array("a,b\n".utf8))
        }
        #expect(throws: StatementRejection(line: nil, .malformedText(.empty))) { try StatementFormats.read([]) }
    }
}
