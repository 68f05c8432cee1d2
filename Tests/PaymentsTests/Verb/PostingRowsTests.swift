import EventLog
import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

/// Rows of the table of postings that the suites of races do not come by.
@Suite("The table of postings, through the verbs")
struct PostingRowsTests {
    @Test("row 2: the hold follows the issuer's promise, for less or for more", arguments: [Int64(700), 1_000, 1_300])
    func promise(promised: Int64) async throws {
        let stage = try await PaymentStage()
        let id = try await stage.charge()
        try await stage.send()
        try await stage.hear(.authorized(.eur(promised)), of: id, stage.payment(id).authorizationOperation)
        #expect(try stage.balance("merchant:acme:payable:EUR")?.pending == .eur(promised))
        #expect(try stage.balance("provider:sandbox:receivable:EUR")?.pending == .eur(promised))
        #expect(try stage.openWork() == (promised == 1_000 ? [] : [.conflicted]))
        let capture = try await stage.capture(id)
        #expect(capture.amount == .eur(promised))
        try await stage.send()
        try await stage.hear(.captured(.eur(promised), fee: nil), of: id, capture.id, movement: "cap_1")
        #expect(try stage.balance("merchant:acme:payable:EUR")?.pending == .eur(promised))
        #expect(try stage.posted("merchant:acme:payable:EUR") == promised)
        try stage.expectSound()
    }

    @Test("rows 5 and 9b: both fees at capture, where the contract recognises the provider's then")
    func feesAtCapture() async throws {
        let plan = try FeePlan(basisPoints: 290, fixed: [.eur(25)], rounding: .halfEven)
        let stage = try await PaymentStage(terms: MerchantTerms(feePlan: plan)) { $0.feeRecognition = .capture }
        let id = try await stage.authorized()
        let capture = try await stage.capture(id)
        try await stage.send()
        try await stage.hear(.captured(.eur(1_000), fee: .eur(39)), of: id, capture.id, movement: "cap_1")
        #expect(
            try stage.trialBalance() == [
                "provider:sandbox:receivable:EUR": 961, "fees:provider:sandbox:EUR": 39,
                "merchant:acme:payable:EUR": 946, "fees:platform:EUR": 54,
            ])
        try stage.expectSound()
    }

    @Test("row 9: a fee the contract recognises with the remittance is not booked at capture")
    func feeAtSettlement() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.authorized()
        let capture = try await stage.capture(id)
        try await stage.send()
        try await stage.hear(.captured(.eur(1_000), fee: .eur(39)), of: id, capture.id, movement: "cap_1")
        #expect(
            try stage.trialBalance() == ["provider:sandbox:receivable:EUR": 1_000, "merchant:acme:payable:EUR": 1_000])
    }

    @Test("row 17: a dispute's fee that is not passed on stays our cost")
    func disputeFeeKept() async throws {
        let terms = MerchantTerms(feePlan: try FeePlan(basisPoints: 0, rounding: .halfEven), passesDisputeFee: false)
        let stage = try await PaymentStage(terms: terms)
        let id = try await stage.captured()
        try await stage.hear(.chargebackOpened(.eur(400), fee: .eur(15)), of: id, movement: "dp_1")
        #expect(try stage.posted("merchant:acme:payable:EUR") == 1_000)
        #expect(try stage.posted("fees:provider:sandbox:EUR") == 15)
        #expect(try stage.posted("fees:platform:EUR") == 0)
        try stage.expectSound()
    }

    @Test("rows 4 and 5 in yen, which have no smaller unit: the fee is rounded as named")
    func yen() async throws {
        let plan = try FeePlan(basisPoints: 360, rounding: .halfEven)
        let stage = try await PaymentStage(terms: MerchantTerms(feePlan: plan, feeOnRefund: .proportional))
        _ = try await stage.captured(.jpy(1_001))
        // 3.6 % of 1,001 is 36.036.
        #expect(try stage.posted("fees:platform:JPY") == 36)
        #expect(try stage.posted("merchant:acme:payable:JPY") == 965)
        try stage.expectSound()
    }

    @Test("rows 4 to 6 carry the item of their payment, and the item's open amount is what the provider owes for it")
    func items() async throws {
        let stage = try await PaymentStage()
        let first = try await stage.captured(.eur(1_000), key: "a")
        let second = try await stage.captured(.eur(500), key: "b")
        let refund = try await stage.refund(first, 200)
        try await stage.send()
        try await stage.hear(.refunded(.eur(200), fee: nil), of: first, refund.id, movement: "ref_1")
        let path = try #require(AccountPath("provider:sandbox:receivable:EUR"))
        let open = try stage.store.read { rows in
            let queries = LedgerQueries(rows)
            let account = try #require(try queries.account(.path(path)))
            return try queries.openItems(on: account, limit: 10)
        }
        #expect(open.map(\.item) == [OpenItem(.payment, first.rawValue), OpenItem(.payment, second.rawValue)])
        #expect(open.map(\.open) == [.eur(800), .eur(500)])
    }
}
