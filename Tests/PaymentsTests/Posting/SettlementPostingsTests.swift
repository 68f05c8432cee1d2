import Ledger
import Money
import Payments
import SummaTestKit
import Testing

@Suite("Posting settlement and cash (rows 9 to 10b and 30 to 33)")
struct SettlementPostingsTests {
    private let claim = OpenItem(.payment, 1)
    private let remittance = OpenItem(.remittance, 5)
    private let line = OpenItem(.line, 6)

    private func remitted(_ gross: Int64, fee: Int64) throws -> String? {
        let day = try #require(BookingDate(text: "2026-11-24"))
        return try PostingRules.remittanceLine(
            Example.sandbox, gross: .eur(gross), fee: .eur(fee), claim: claim, remittance: remittance, on: day
        ).map { text($0) }
    }

    @Test("row 9 makes a claim money on its way, less the provider's fee")
    func row9() throws {
        #expect(
            try remitted(1_000, fee: 39)
                == "settlement: provider:sandbox:in_transit:EUR 961 [remittance 5] + fees:provider:sandbox:EUR 39 = "
                + "provider:sandbox:receivable:EUR 1000 [payment 1]")
    }

    @Test("row 9 after 9b moves what is left of the claim")
    func row9After9b() throws {
        #expect(
            try remitted(961, fee: 0)
                == "settlement: provider:sandbox:in_transit:EUR 961 [remittance 5] = "
                + "provider:sandbox:receivable:EUR 961 [payment 1]")
    }

    @Test("row 9c nets refunds, chargebacks and fees")
    func row9c() throws {
        #expect(
            try remitted(-400, fee: 0)
                == "settlement: provider:sandbox:receivable:EUR 400 [payment 1] = "
                + "provider:sandbox:in_transit:EUR 400 [remittance 5]")
    }

    @Test("a fee above the gross leaves the provider with a claim on us")
    func feeAboveGross() throws {
        #expect(
            try remitted(10, fee: 25)
                == "settlement: fees:provider:sandbox:EUR 25 = "
                + "provider:sandbox:in_transit:EUR 15 [remittance 5] + provider:sandbox:receivable:EUR 10 [payment 1]")
        #expect(try remitted(0, fee: 0) == nil)
    }

    @Test("a line no 64 bits can net is refused, not booked wrong")
    func overflow() {
        #expect(throws: AmountError.self) { try remitted(.min, fee: 1) }
        #expect(throws: AmountError.self) { try remitted(.min, fee: 0) }
    }

    @Test("rows 10 and 10b move cash by the bank's own two dates")
    func row10() throws {
        let dates = FactDates(
            bookingDate: BookingDate(text: "2026-11-25"), valueDate: BookingDate(text: "2026-11-26"))
        let came = try #require(
            try PostingRules.remittanceReceived(
                Example.sandbox, .eur(961), bank: Example.bank, remittance: remittance, on: dates))
        #expect(
            text(came) == "receipt: bank:main:cash:EUR 961 = provider:sandbox:in_transit:EUR 961 [remittance 5]")
        #expect(came.bookingDate == dates.bookingDate)
        #expect(came.valueDate == dates.valueDate)
        let drawn = try PostingRules.remittanceReceived(
            Example.sandbox, .eur(-961), bank: Example.bank, remittance: remittance, on: dates)
        #expect(
            drawn.map { text($0) }
                == "receipt: provider:sandbox:in_transit:EUR 961 [remittance 5] = bank:main:cash:EUR 961")
    }

    @Test("row 30 expenses a bank fee")
    func row30() {
        #expect(
            text(PostingRules.bankFee(.eur(12), bank: Example.bank, on: FactDates()))
                == "bank_fee: fees:bank:main:EUR 12 = bank:main:cash:EUR 12")
    }

    @Test("row 31 takes a residue to rounding, on either side")
    func row31() throws {
        let short = try PostingRules.rounding(Example.sandbox, shortfall: .eur(1), remittance: remittance)
        #expect(
            short.map { text($0) } == "rounding: rounding:EUR 1 = provider:sandbox:in_transit:EUR 1 [remittance 5]")
        let surplus = try PostingRules.rounding(Example.sandbox, shortfall: .eur(-1), remittance: remittance)
        #expect(
            surplus.map { text($0) } == "rounding: provider:sandbox:in_transit:EUR 1 [remittance 5] = rounding:EUR 1")
        #expect(try PostingRules.rounding(Example.sandbox, shortfall: .eur(0), remittance: remittance) == nil)
    }

    @Test(
        "row 32 writes off a shortfall on the word of two people",
        arguments: [
            AccountTemplate.providerInTransit, .providerReceivable,
        ])
    func row32(template: AccountTemplate) {
        let account = StandardAccount(template, of: Example.sandbox)
        let draft = PostingRules.writeOff(.eur(70), from: account, item: remittance)
        #expect(
            text(draft)
                == "write_off: losses:write_off:EUR 70 = \(account.path(in: .eur)) 70 [remittance 5]")
        #expect(draft.authority == .adjustment)
    }

    @Test("row 33 keeps an unidentified receipt as a liability until it is identified or aged out")
    func row33() throws {
        let came = try PostingRules.unidentified(.eur(55), bank: Example.bank, item: line, on: FactDates())
        #expect(came.map { text($0) } == "suspense: bank:main:cash:EUR 55 = suspense:main:EUR 55 [line 6]")
        let known = PostingRules.identified(.eur(55), source: Example.bank, item: line) {
            .credit(StandardAccount(.merchantPayable, of: Example.acme), $0)
        }
        #expect(text(known) == "suspense_cleared: suspense:main:EUR 55 [line 6] = merchant:acme:payable:EUR 55")
        #expect(
            text(PostingRules.agedOut(.eur(55), source: Example.bank, item: line))
                == "suspense_cleared: suspense:main:EUR 55 [line 6] = income:other:EUR 55")
    }
}
