import Ledger
import Money
import SummaTestKit
import Testing

@testable import Reconciliation

@Suite("Reading camt.053")
struct Camt053FormatTests {
    private static func text(entries: String, closing: String = "90.00") -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- a statement -->
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>M</MsgId></GrpHdr>
        <Stmt><Id>S-1</Id><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>
        <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>
        <Dt><Dt>2026-04-01</Dt></Dt></Bal>
        <Bal><Tp><CdOrPrtry><Cd>CLAV</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>
        <Dt><Dt>2026-04-01</Dt></Dt></Bal>
        <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">\(closing)</Amt><CdtDbtInd>CRDT</CdtDbtInd>
        <Dt><Dt>2026-04-01</Dt></Dt></Bal>
        \(entries)
        </Stmt></BkToCstmrStmt></Document>
        """
    }

    private static func entry(
        _ amount: String, _ side: String, status: String = "<Cd>BOOK</Cd>", code: String = "ESCT",
        reference: String = "po_1"
    ) -> String {
        """
        <Ntry><Amt Ccy="EUR">\(amount)</Amt><CdtDbtInd>\(side)</CdtDbtInd><Sts>\(status)</Sts>
        <BookgDt><Dt>2026-04-01</Dt></BookgDt><ValDt><DtTm>2026-04-02T01:00:00+02:00</DtTm></ValDt>
        <AcctSvcrRef>B&amp;1</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>\(code)</SubFmlyCd>
        </Fmly></Domn></BkTxCd><NtryDtls><TxDtls><Refs><EndToEndId>\(reference)</EndToEndId></Refs></TxDtls></NtryDtls></Ntry>
        """
    }

    private func content(_ text: String) throws -> BankContent {
        guard case .bank(let content) = try StatementFormats.read(Array(text.utf8)).content else {
            throw StatementRejection(line: nil, .unknownFormat)
        }
        return content
    }

    @Test("gives booked entries with sign, days and the name of the transfer")
    func entries() throws {
        let file = try content(
            Self.text(
                entries: Self.entry("5.00", "CRDT") + Self.entry("14.00", "DBIT", reference: "NOTPROVIDED")
                    + Self.entry("1.00", "DBIT", status: "BOOK", code: "CHRG")
                    + Self.entry("7.00", "CRDT", status: "<Cd>PDNG</Cd>")))
        #expect(file.reference?.text == "S-1")
        #expect(file.lines.map(\.amount) == [.eur(500), .eur(-1_400), .eur(-100)])
        #expect(file.lines.map(\.kind) == [.transfer, .transfer, .fee])
        #expect(file.lines.map { $0.remittance?.text } == ["po_1", nil, "po_1"])
        #expect(file.lines[0].valueDate == BookingDate(year: 2026, month: 4, day: 2))
        // An ampersand has no place in an event, so that name is left out.
        #expect(file.lines[0].bankReference == nil)
        #expect(file.balances == [BankBalanceTotals(opening: .eur(10_000), closing: .eur(9_000))])
    }

    @Test("refuses a statement whose entries do not lead from opening to closing, and one without entries' balances")
    func sums() {
        let fault = StatementFault.sumDiffers("EUR", stated: .eur(9_000), summed: .eur(10_500))
        #expect(throws: StatementRejection(line: 9, fault)) {
            try content(Self.text(entries: Self.entry("5.00", "CRDT")))
        }
    }

    @Test("refuses what is not XML, or XML that could do harm")
    func hostileText() {
        let whole = Self.text(entries: Self.entry("10.00", "DBIT"))
        #expect(throws: Never.self) { try content(whole) }
        let faulty = [
            whole.replacing("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", with: "<!DOCTYPE x [<!ENTITY a \"b\">]>"),
            whole.replacing("B&amp;1", with: "&a;"), whole.replacing("</Stmt>", with: "</Smt>"),
            whole.replacing("Ccy=\"EUR\"", with: "Ccy=EUR"), String(whole.dropLast(5)),
            whole.replacing("<Stmt>", with: String(repeating: "<x>", count: 100)),
        ]
        for text in faulty { #expect(throws: StatementRejection.self) { try content(text) } }
    }

    @Test(
        "takes the published samples or refuses them with a reason, and never stops over one",
        .enabled(if: SharedVectors.present, "the shared test vectors are not here"))
    func samples() throws {
        for file in try SharedVectors.files(in: "statements/camt") where file.hasPrefix("camt053") {
            let bytes = try SharedVectors.bytes("statements/camt/\(file)")
            do {
                let content = try Camt053Format().read(bytes)
                #expect(content.lineCount >= 0)
            } catch is StatementRejection {}
        }
    }
}
