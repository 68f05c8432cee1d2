import EventLog
import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("When a refund and what we know cross")
struct RefundCrossingTests {
    @Test("one that fails before it succeeded gives back funds and ceiling, and one after undoes it")
    func fails() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.captured()
        let first = try await stage.refund(id, 600, key: "a")
        #expect(try stage.payment(id).amounts.refundable == .eur(400))
        try await stage.send()
        try await stage.hear(.refundFailed(FactSubject.failure), of: id, first.id)
        #expect(try stage.payment(id).amounts.refundable == .eur(1_000))
        #expect(try stage.available("merchant:acme:payable:EUR") == 1_000)
        #expect(try stage.openWork() == [])

        let second = try await stage.refund(id, 600, key: "b")
        try await stage.send()
        try await stage.hear(.refunded(.eur(600), fee: nil), of: id, second.id, movement: "ref_2")
        #expect(try stage.posted("merchant:acme:payable:EUR") == 400)
        try await stage.hear(.refundFailed(FactSubject.failure), of: id, second.id, movement: "ref_2")
        #expect(try stage.payment(id).amounts.refundable == .eur(1_000))
        #expect(try stage.posted("merchant:acme:payable:EUR") == 1_000)
        #expect(try stage.openWork(AllowedText(id)) == [.refundFailedAfterwards])
        try stage.expectSound()
    }

    @Test("one after success that is stated a second time is counted once")
    func repeated() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.captured()
        let refund = try await stage.refund(id, 600)
        try await stage.send()
        for _ in 0..<3 { try await stage.hear(.refunded(.eur(600), fee: nil), of: id, refund.id, movement: "ref_1") }
        #expect(try await stage.hear(.refunded(.eur(600), fee: nil), of: id, movement: "ref_1") == .repeated(id))
        #expect(try stage.payment(id).amounts.refunded == .eur(600))
        #expect(try stage.posted("merchant:acme:payable:EUR") == 400)
        try stage.expectSound()
    }

    @Test("the success of one we had taken for failed is booked, flagged and listed")
    func successAfterFailure() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.captured()
        let refund = try await stage.refund(id, 600)
        try await stage.send()
        try await stage.hear(.refundFailed(FactSubject.failure), of: id, refund.id)
        try await stage.hear(.refunded(.eur(600), fee: nil), of: id, refund.id, movement: "ref_1")
        #expect(try stage.payment(id).amounts.refunded == .eur(600))
        #expect(try stage.posted("merchant:acme:payable:EUR") == 400)
        #expect(try stage.openWork(AllowedText(id)) == [.conflicted])
        try stage.expectSound()
    }

    @Test("the success of one that was returned, told again under its name, books nothing", arguments: [true, false])
    func successAfterReturn(isAskedFor: Bool) async throws {
        let stage = try await PaymentStage()
        let id = try await stage.captured()
        let refund = try await stage.refund(id, 600)
        try await stage.send()
        try await stage.hear(.refunded(.eur(600), fee: nil), of: id, refund.id, movement: "ref_1")
        try await stage.hear(.refundFailed(FactSubject.failure), of: id, refund.id, movement: "ref_1")
        let outcome = try await stage.hear(
            .refunded(.eur(600), fee: nil), of: id, refund.id, movement: "ref_1",
            origin: isAskedFor ? .lookUp : .notification)
        #expect(outcome == .repeated(id))
        #expect(try stage.payment(id).amounts.refunded == .eur(0))
        #expect(try stage.payment(id).flags.isEmpty)
        #expect(try stage.posted("merchant:acme:payable:EUR") == 1_000)
        try stage.expectSound()
    }

    @Test("one from the provider's own dashboard is booked as the provider's, and above the ceiling listed")
    func dashboard() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.captured()
        try await stage.hear(.refunded(.eur(700), fee: nil), of: id, movement: "ref_8")
        #expect(try stage.operations(of: id).last?.origin == .provider)
        #expect(try stage.openWork() == [])
        try await stage.hear(.refunded(.eur(700), fee: nil), of: id, movement: "ref_9")
        #expect(try stage.payment(id).amounts.refunded == .eur(1_400))
        #expect(try stage.posted("merchant:acme:payable:EUR") == -400)
        #expect(try stage.openWork(AllowedText(id)) == [.aboveCeiling])
        try stage.expectSound()
    }

    @Test("a dashboard refund beside one of ours in flight passes the ceiling together with it: listed")
    func besideOurs() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.captured()
        _ = try await stage.refund(id, 800)
        try await stage.send()
        try await stage.hear(.refunded(.eur(300), fee: nil), of: id, movement: "ref_9")
        #expect(try stage.openWork(AllowedText(id)) == [.aboveCeiling])
        try stage.expectSound()
    }

    @Test("another currency than ours goes to suspense, the reservation ends, and the merchant is untouched")
    func currencyDiffers() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.captured()
        let refund = try await stage.refund(id, 600)
        try await stage.send()
        try await stage.hear(.refunded(.usd(700), fee: nil), of: id, refund.id, movement: "ref_1")
        #expect(try stage.posted("merchant:acme:payable:EUR") == 1_000)
        #expect(try stage.available("merchant:acme:payable:EUR") == 1_000)
        #expect(try stage.posted("suspense:sandbox:USD") == -700)
        #expect(try stage.openWork(AllowedText(id)) == [.currencyDiffers])
        try stage.expectSound()
    }

    @Test("one in another currency that fails afterwards leaves nothing open, and a repeat changes nothing")
    func foreignFailsAfterwards() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.captured()
        let before = try stage.trialBalance()
        let refund = try await stage.refund(id, 600)
        try await stage.send()
        try await stage.hear(.refunded(.usd(700), fee: nil), of: id, refund.id, movement: "ref_1")
        try await stage.hear(.refundFailed(FactSubject.failure), of: id, refund.id)
        #expect(try stage.trialBalance() == before)
        #expect(try stage.available("merchant:acme:payable:EUR") == 1_000)
        #expect(try stage.operation(refund.id).standing == .undone)
        #expect(try Set(stage.openWork(AllowedText(id))) == [.currencyDiffers, .refundFailedAfterwards])
        #expect(try await stage.hear(.refundFailed(FactSubject.failure), of: id, refund.id) == .repeated(id))
        try stage.expectSound()
    }

    @Test("our fee goes back in proportion, cumulatively, and the provider's refund fee is our cost")
    func fees() async throws {
        let plan = try FeePlan(basisPoints: 290, fixed: [.eur(25)], rounding: .halfEven)
        // The fee comes back with the success: until then the merchant's funds are short by it.
        let debt = try #require(MerchantDebtPolicy.allow([.eur(54)]))
        let stage = try await PaymentStage(terms: MerchantTerms(feePlan: plan, feeOnRefund: .proportional), debt: debt)
        let id = try await stage.captured()
        #expect(try stage.posted("fees:platform:EUR") == 54)
        for (part, key) in [(Int64(333), "a"), (333, "b"), (334, "c")] {
            let refund = try await stage.refund(id, part, key: key)
            try await stage.send()
            try await stage.hear(.refunded(.eur(part), fee: .eur(10)), of: id, refund.id, movement: "ref_\(key)")
        }
        #expect(try stage.posted("fees:platform:EUR") == 0)
        #expect(try stage.posted("merchant:acme:payable:EUR") == 0)
        #expect(try stage.posted("fees:provider:sandbox:EUR") == 30)
        #expect(try stage.posted("provider:sandbox:receivable:EUR") == -30)
        try stage.expectSound()
    }

    @Test("a merchant's debt is refused or allowed to a limit by the book's policy; a fact is booked in any case")
    func debt() async throws {
        let stage = try await PaymentStage()
        let refunded = try await stage.captured(.eur(1_000), key: "a")
        let other = try await stage.captured(.eur(500), key: "b")
        // The merchant's funds went elsewhere: 1,400 of 1,500.
        try await stage.hear(.refunded(.eur(900), fee: nil), of: refunded, movement: "ref_1")
        try await stage.hear(.refunded(.eur(500), fee: nil), of: other, movement: "ref_2")
        #expect(try stage.available("merchant:acme:payable:EUR") == 100)
        try await stage.hear(.chargebackOpened(.eur(50), fee: .eur(20)), of: refunded, movement: "dp_1")
        try await stage.hear(.chargebackWon(.eur(50), feeReturned: nil), of: refunded, movement: "dp_1")
        #expect(try stage.available("merchant:acme:payable:EUR") == 80)

        await #expect(throws: RequestRejection.self) { try await stage.refund(refunded, 81, key: "r1") }
        try await allowDebt(stage, 19)
        await #expect(throws: RequestRejection.self) { try await stage.refund(refunded, 100, key: "r2") }
        try await allowDebt(stage, 20)
        let refund = try await stage.refund(refunded, 100, key: "r3")
        #expect(try stage.available("merchant:acme:payable:EUR") == -20)
        try await stage.send()
        try await stage.hear(.refunded(.eur(100), fee: nil), of: refunded, refund.id, movement: "ref_3")
        #expect(try stage.posted("merchant:acme:payable:EUR") == -20)
        try stage.expectSound()
    }

    private func allowDebt(_ stage: PaymentStage, _ minorUnits: Int64) async throws {
        let policy = try #require(MerchantDebtPolicy.allow([.eur(minorUnits)]))
        _ = try await ChangeBook(database: stage.store.database).run(
            .init(book: .first, merchantDebt: policy, context: stage.context))
    }
}
