import Ledger
import Money
import Payments
import SummaTestKit
import Testing

@Suite("Posting what a file does not explain, and what two people decide of it")
struct SuspensePostingsTests {
    private let claim = OpenItem(.payment, 1)
    private let remittance = OpenItem(.remittance, 5)
    private let line = OpenItem(.line, 6)

    @Test("an unexplained line goes to suspense, on the side its money moved")
    func unexplained() throws {
        let day = try #require(BookingDate(text: "2026-11-24"))
        func booked(_ net: Int64) throws -> String? {
            try PostingRules.unexplainedLine(
                Example.sandbox, net: .eur(net), line: line, remittance: remittance, on: day
            ).map { text($0) }
        }
        #expect(
            try booked(961)
                == "suspense: provider:sandbox:in_transit:EUR 961 [remittance 5] = suspense:sandbox:EUR 961 [line 6]")
        #expect(
            try booked(-400)
                == "suspense: suspense:sandbox:EUR 400 [line 6] = provider:sandbox:in_transit:EUR 400 [remittance 5]")
        #expect(try booked(0) == nil)
    }

    @Test("an explained line settles its claim out of suspense, with the fee")
    func explained() throws {
        let draft = try PostingRules.lineExplained(
            Example.sandbox, gross: .eur(1_000), fee: .eur(39), line: line, claim: claim)
        #expect(
            draft.map { text($0) }
                == "suspense_cleared: suspense:sandbox:EUR 961 [line 6] + fees:provider:sandbox:EUR 39 = "
                + "provider:sandbox:receivable:EUR 1000 [payment 1]")
    }

    @Test("a line that is taken back leaves suspense together with the line that does it")
    func takenBack() throws {
        let draft = try PostingRules.lineTakenBack(
            Example.sandbox, net: .eur(961), line: line, by: OpenItem(.line, 7))
        #expect(
            draft.map { text($0) }
                == "suspense_cleared: suspense:sandbox:EUR 961 [line 6] = suspense:sandbox:EUR 961 [line 7]")
    }

    @Test("money at the bank that turns out to be a remittance was on its way")
    func remittanceIdentified() throws {
        func booked(_ received: Int64) throws -> String? {
            try PostingRules.remittanceIdentified(
                Example.sandbox, received: .eur(received), bank: Example.bank, line: line, remittance: remittance
            ).map { text($0) }
        }
        #expect(
            try booked(961)
                == "suspense_cleared: suspense:main:EUR 961 [line 6] = "
                + "provider:sandbox:in_transit:EUR 961 [remittance 5]")
        #expect(
            try booked(-5)
                == "suspense_cleared: provider:sandbox:in_transit:EUR 5 [remittance 5] = suspense:main:EUR 5 [line 6]")
    }

    @Test("what people decide takes the difference off the item it stands on, shortfall or surplus")
    func decided() throws {
        let receivable = StandardAccount(.providerReceivable, of: Example.sandbox)
        let short = try PostingRules.roundedOff(.eur(1), from: receivable, item: claim)
        #expect(
            short.map { text($0) } == "rounding: rounding:EUR 1 = provider:sandbox:receivable:EUR 1 [payment 1]")
        let over = try PostingRules.roundedOff(.eur(-1), from: receivable, item: claim)
        #expect(over.map { text($0) } == "rounding: provider:sandbox:receivable:EUR 1 [payment 1] = rounding:EUR 1")
        let bankFee = PostingRules.bankFeeKept(
            .eur(15), bank: Example.bank, provider: Example.sandbox, remittance: remittance)
        #expect(
            text(bankFee)
                == "bank_fee: fees:bank:main:EUR 15 = provider:sandbox:in_transit:EUR 15 [remittance 5]")
        let fee = PostingRules.providerFeeBorne(.eur(9), provider: Example.sandbox, claim: claim)
        #expect(
            text(fee)
                == "provider_fee: fees:provider:sandbox:EUR 9 = provider:sandbox:receivable:EUR 9 [payment 1]")
    }

    @Test("identified money goes where it belongs, and what had been taken comes from there")
    func identified() throws {
        let payable = try #require(AccountPath("merchant:acme:payable:EUR"))
        func booked(_ amount: Int64) throws -> String {
            text(try PostingRules.identified(.eur(amount), source: Example.bank, item: line, belongsTo: payable))
        }
        #expect(
            try booked(700) == "suspense_cleared: suspense:main:EUR 700 [line 6] = merchant:acme:payable:EUR 700")
        #expect(
            try booked(-30) == "suspense_cleared: merchant:acme:payable:EUR 30 = suspense:main:EUR 30 [line 6]")
        #expect(throws: AmountError.self) { try booked(.min) }
    }
}
