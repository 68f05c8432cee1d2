import EventLog
import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("A dispute in the books")
struct DisputeCrossingTests {
    @Test("reserves what was taken while its outcome is open, and passes on its fee")
    func opened() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.captured()
        try await stage.hear(.chargebackOpened(.eur(400), fee: .eur(15)), of: id, movement: "dp_1")
        #expect(
            try stage.trialBalance() == [
                "provider:sandbox:receivable:EUR": 585, "disputes:sandbox:receivable:EUR": 400,
                "fees:provider:sandbox:EUR": 15, "merchant:acme:payable:EUR": 985, "fees:platform:EUR": 15,
            ])
        #expect(try stage.available("merchant:acme:payable:EUR") == 585)
        #expect(try stage.payment(id).isDisputed)
        #expect(try stage.openWork().map(\.rawValue) == ["dispute"])
        try stage.expectSound()
    }

    @Test("won restores the claim and the merchant's funds; the fee comes back only if the provider returns it")
    func won() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.captured()
        try await stage.hear(.chargebackOpened(.eur(400), fee: .eur(15)), of: id, movement: "dp_1")
        try await stage.hear(.chargebackWon(.eur(400), feeReturned: .eur(15)), of: id, movement: "dp_1")
        #expect(
            try stage.trialBalance() == ["provider:sandbox:receivable:EUR": 1_000, "merchant:acme:payable:EUR": 1_000])
        #expect(try stage.available("merchant:acme:payable:EUR") == 1_000)
        #expect(try stage.payment(id).amounts.disputed == .eur(0))
        try stage.expectSound()
    }

    @Test("lost is borne by whoever is liable", arguments: [ChargebackLiability.merchant, .platform])
    func lost(liable: ChargebackLiability) async throws {
        let terms = MerchantTerms(
            feePlan: try FeePlan(basisPoints: 0, rounding: .halfEven), chargebackLiability: liable)
        let stage = try await PaymentStage(terms: terms)
        let id = try await stage.captured()
        try await stage.hear(.chargebackOpened(.eur(400), fee: nil), of: id, movement: "dp_1")
        #expect(try stage.available("merchant:acme:payable:EUR") == (liable == .merchant ? 600 : 1_000))
        try await stage.hear(.chargebackLost(.eur(400)), of: id, movement: "dp_1")
        let borne =
            liable == .merchant
            ? ["merchant:acme:payable:EUR": Int64(600)]
            : ["merchant:acme:payable:EUR": 1_000, "losses:chargeback:EUR": 400]
        #expect(try stage.trialBalance() == borne.merging(["provider:sandbox:receivable:EUR": 600]) { $1 })
        #expect(try stage.payment(id).amounts.lost == .eur(400))
        #expect(try stage.payment(id).amounts.refundable == .eur(600))
        try stage.expectSound()
    }

    @Test("partly won is partly lost, and nothing stays on the dispute's account")
    func partlyWon() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.captured()
        try await stage.hear(.chargebackOpened(.eur(400), fee: nil), of: id, movement: "dp_1")
        try await stage.hear(.chargebackWon(.eur(150), feeReturned: nil), of: id, movement: "dp_1")
        #expect(
            try stage.trialBalance() == ["provider:sandbox:receivable:EUR": 750, "merchant:acme:payable:EUR": 750])
        #expect(try stage.available("merchant:acme:payable:EUR") == 750)
        try stage.expectSound()
    }

    @Test("an inquiry moves nothing and is listed")
    func inquiry() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.captured()
        let before = try stage.trialBalance()
        try await stage.hear(.inquiryOpened(.eur(400)), of: id, movement: "dp_1")
        #expect(try stage.trialBalance() == before)
        #expect(try stage.openWork() == [.inquiry])
        try await stage.hear(.chargebackOpened(.eur(400), fee: nil), of: id, movement: "dp_1")
        #expect(try stage.posted("disputes:sandbox:receivable:EUR") == 400)
        try stage.expectSound()
    }

    @Test("a refund asked for meanwhile is refused, and the refusal is kept")
    func refundWhileDisputed() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.captured()
        try await stage.hear(.chargebackOpened(.eur(400), fee: nil), of: id, movement: "dp_1")
        await #expect(throws: RequestRejection(.refund, .disputed, limit: .eur(400))) {
            try await stage.refund(id, 1)
        }
        try await stage.hear(.chargebackWon(.eur(400), feeReturned: nil), of: id, movement: "dp_1")
        await #expect(throws: RequestRejection(.refund, .disputed, limit: .eur(400))) {
            try await stage.refund(id, 1)
        }
        _ = try await stage.refund(id, 1, key: "another")
        try stage.expectSound()
    }

    @Test("a chargeback on money that was refunded is booked, and the double loss listed")
    func doubleLoss() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.captured()
        let refund = try await stage.refund(id, 700)
        try await stage.send()
        try await stage.hear(.refunded(.eur(700), fee: nil), of: id, refund.id, movement: "ref_1")
        try await stage.hear(.chargebackOpened(.eur(1_000), fee: nil), of: id, movement: "dp_1")
        #expect(try stage.posted("disputes:sandbox:receivable:EUR") == 1_000)
        #expect(try stage.available("merchant:acme:payable:EUR") == -700)
        #expect(try stage.openWork(AllowedText(id)) == [.doubleLoss])
        #expect(try Set(stage.openWork()) == [.doubleLoss, .dispute])
        try stage.expectSound()
    }

    @Test("a refund in flight when the chargeback comes is booked when it succeeds: a double loss")
    func refundInFlight() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.captured()
        let refund = try await stage.refund(id)
        try await stage.send()
        try await stage.hear(.chargebackOpened(.eur(1_000), fee: nil), of: id, movement: "dp_1")
        #expect(try stage.openWork(AllowedText(id)) == [.doubleLoss])
        try await stage.hear(.refunded(.eur(1_000), fee: nil), of: id, refund.id, movement: "ref_1")
        #expect(try stage.posted("merchant:acme:payable:EUR") == 0)
        #expect(try stage.available("merchant:acme:payable:EUR") == -1_000)
        try stage.expectSound()
    }

    @Test("the loss of one we never saw open is booked whole and flagged; a repeat says nothing new")
    func lostUnseen() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.captured()
        try await stage.hear(.chargebackLost(.eur(400)), of: id, movement: "dp_1")
        #expect(
            try stage.trialBalance() == ["provider:sandbox:receivable:EUR": 600, "merchant:acme:payable:EUR": 600])
        #expect(try stage.openWork(AllowedText(id)) == [.conflicted])
        #expect(try await stage.hear(.chargebackLost(.eur(400)), of: id, movement: "dp_1") == .repeated(id))
        #expect(try await stage.hear(.chargebackOpened(.eur(400), fee: nil), of: id, movement: "dp_1") == .repeated(id))
        try stage.expectSound()
    }

    @Test(
        "ends as its last closing says, in whatever order its callbacks come",
        arguments: [
            "opened won", "won opened", "opened lost", "lost opened", "inquiry won opened", "won inquiry opened",
            "inquiry lost opened", "lost inquiry opened", "opened won lost", "opened lost won", "won opened lost",
            "won lost opened", "lost opened won", "lost won opened",
        ])
    func outOfOrder(order: String) async throws {
        let stage = try await PaymentStage()
        let id = try await stage.captured()
        let words = order.split(separator: " ")
        for word in words { try await stage.hear(Self.statement(word), of: id, movement: "dp_1") }
        let isLost = words.last { $0 == "won" || $0 == "lost" } == "lost"
        let left: Int64 = isLost ? 600 : 1_000
        #expect(
            try stage.trialBalance() == ["provider:sandbox:receivable:EUR": left, "merchant:acme:payable:EUR": left])
        #expect(try stage.available("merchant:acme:payable:EUR") == left)
        #expect(try stage.payment(id).amounts.disputed == .eur(0))
        #expect(try stage.payment(id).amounts.lost == .eur(isLost ? 400 : 0))
        try stage.expectSound()
    }

    private static func statement(_ word: Substring) -> ProviderFact.Statement {
        switch word {
        case "inquiry": .inquiryOpened(.eur(400))
        case "opened": .chargebackOpened(.eur(400), fee: nil)
        case "won": .chargebackWon(.eur(400), feeReturned: nil)
        default: .chargebackLost(.eur(400))
        }
    }

    @Test("two of one payment are told apart by the provider's names")
    func two() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.captured()
        try await stage.hear(.chargebackOpened(.eur(300), fee: nil), of: id, movement: "dp_1")
        try await stage.hear(.chargebackOpened(.eur(200), fee: nil), of: id, movement: "dp_2")
        #expect(try stage.payment(id).amounts.disputed == .eur(500))
        try await stage.hear(.chargebackWon(.eur(300), feeReturned: nil), of: id, movement: "dp_1")
        try await stage.hear(.chargebackLost(.eur(200)), of: id, movement: "dp_2")
        #expect(
            try stage.trialBalance() == ["provider:sandbox:receivable:EUR": 800, "merchant:acme:payable:EUR": 800])
        try stage.expectSound()
    }
}
