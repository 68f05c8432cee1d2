import Ledger
import Money
import Payments
import SummaTestKit
import Testing

@Suite("Facts about an authorization")
struct AuthorizationRaceTests {
    @Test("authorize the payment and leave its hold")
    func authorized() throws {
        var subject = Example.authorizing()
        let outcome = try subject.hear(.authorized(.eur(1_000)))
        #expect(outcome == FactOutcome(verdict: .apply([])))
        #expect(subject.payment.status == .authorized)
        #expect(subject.payment.amounts.authorized == .eur(1_000))
        #expect(subject.authorization.state == .succeeded)
        #expect(subject.payment.providerReference == Example.reference("auth_1"))
    }

    @Test("said twice count once")
    func twice() throws {
        var subject = try Example.authorized()
        let before = subject
        let outcome = try subject.hear(.authorized(.eur(1_000)))
        #expect(outcome == FactOutcome(verdict: .drop))
        #expect(subject == before)
    }

    @Test(
        "end the hold when the answer is no",
        arguments: [
            (ProviderFact.Statement.declined(FactSubject.failure), PaymentStatus.declined),
            (.failed(FactSubject.failure), .failed), (.expired, .expired),
        ])
    func ended(statement: ProviderFact.Statement, status: PaymentStatus) throws {
        var subject = Example.authorizing()
        let outcome = try subject.hear(statement)
        #expect(text(outcome.bookings) == ["void 101"])
        #expect(subject.payment.status == status)
        #expect(subject.payment.holds.isEmpty)
        #expect(!subject.authorization.state.isOpen)
    }

    @Test(
        "with another amount than asked for book theirs and say so",
        arguments: [
            (900, "release 100 of 101"),
            (1_100, "H authorization: provider:sandbox:receivable:EUR 100 [payment 1] = merchant:acme:payable:EUR 100"),
        ])
    func otherAmount(authorized: Int64, booking: String) throws {
        var subject = Example.authorizing()
        let outcome = try subject.hear(.authorized(.eur(authorized)))
        #expect(text(outcome.bookings) == [booking])
        #expect(outcome.alarms == [.conflicted])
        #expect(subject.payment.isConflicted)
        #expect(subject.payment.amounts.authorized == .eur(authorized))
        #expect(subject.payment.holds.reduce(0) { $0 + $1.remaining.minorUnits } == authorized)
    }

    @Test("restated with another amount are no repeat")
    func restated() throws {
        var subject = try Example.authorized()
        let outcome = try subject.hear(.authorized(.eur(700)))
        #expect(text(outcome.bookings) == ["release 300 of 101"])
        #expect(outcome.alarms == [.conflicted])
        #expect(subject.payment.amounts.authorized == .eur(700))
    }

    @Test("while a void was requested: it stays voiding, and the hold ends on its confirmation")
    func voidRequestedThenAuthorized() throws {
        var subject = Example.authorizing()
        try subject.sendVoid()
        subject.voiding?.state = .requested
        subject.operation = nil
        let outcome = try subject.hear(.authorized(.eur(1_000)))
        #expect(outcome.bookings.isEmpty)
        #expect(subject.payment.voiding != nil)
        #expect(subject.voiding?.state == .requested)

        subject.operation = subject.voiding
        let confirmed = try subject.hear(.voided)
        #expect(text(confirmed.bookings) == ["void 101"])
        #expect(subject.payment.status == .voided)
        #expect(subject.payment.voiding == nil)
    }

    @Test("of a promise that has run out under that name are old words, which came late")
    func authorizedAfterExpired() throws {
        var subject = Example.authorizing()
        _ = try subject.hear(.expired)
        let outcome = try subject.hear(.authorized(.eur(1_000)))
        #expect(outcome.bookings.isEmpty)
        #expect(outcome.alarms.isEmpty)
        #expect(subject.payment.status == .expired)
    }

    @Test("that make a waiting void pointless withdraw it")
    func declinedWithdrawsVoid() throws {
        var subject = Example.authorizing()
        try subject.sendVoid()
        subject.voiding?.state = .requested
        _ = try subject.hear(.declined(FactSubject.failure))
        #expect(subject.voiding?.state == .cancelled)
        #expect(subject.payment.voiding == nil)
    }

    @Test(
        "after we had said no: the fact wins, it is held again and flagged",
        arguments: [ProviderFact.Statement.declined(FactSubject.failure), .failed(FactSubject.failure)])
    func lateAuthorization(first: ProviderFact.Statement) throws {
        var subject = Example.authorizing()
        _ = try subject.hear(first)
        let outcome = try subject.hear(.authorized(.eur(1_000)))
        #expect(
            text(outcome.bookings) == [
                "H authorization: provider:sandbox:receivable:EUR 1000 [payment 1] = merchant:acme:payable:EUR 1000"
            ])
        #expect(outcome.alarms == [.lateSuccess])
        #expect(!outcome.returnsLateSuccess)
        #expect(subject.payment.status == .authorized)
        #expect(subject.payment.isLateSuccess)
        #expect(subject.payment.failure == nil)
    }

    @Test("after we had said no are given back where the terms say so")
    func lateReturned() throws {
        var terms = Example.free()
        terms.lateSuccess = .return
        var subject = Example.authorizing(terms: terms)
        _ = try subject.hear(.failed(FactSubject.failure))
        #expect(try subject.hear(.authorized(.eur(1_000))).returnsLateSuccess)
        subject.meetUnknown(.capture, .eur(1_000), origin: .charge)
        #expect(try subject.hear(.captured(.eur(1_000), fee: nil)).returnsLateSuccess)
    }

    @Test("declining after an authorization are asked about, and believed when asked")
    func staleDecline() throws {
        var subject = try Example.authorized()
        let before = subject
        let stale = try subject.hear(.declined(FactSubject.failure))
        #expect(stale.verdict == .lookUp)
        #expect(stale.lookUps == [subject.authorization.id])
        #expect(subject == before)

        let asked = try subject.hear(.declined(FactSubject.failure), origin: .lookUp)
        #expect(text(asked.bookings) == ["void 101"])
        #expect(asked.alarms == [.conflicted])
        #expect(subject.payment.status == .declined)
    }

    @Test("declining after a capture never undo it, even when asked")
    func declineAfterCapture() throws {
        var subject = try FactSubject.captured()
        subject.operation = nil
        #expect(try subject.hear(.declined(FactSubject.failure)).verdict == .lookUp)
        let asked = try subject.hear(.declined(FactSubject.failure), origin: .lookUp)
        #expect(asked.bookings.isEmpty)
        #expect(asked.alarms == [.conflicted])
        #expect(subject.payment.status == .captured)
        #expect(subject.payment.amounts.captured == .eur(1_000))
    }

    @Test("in another currency touch nothing but the flag")
    func otherCurrency() throws {
        var subject = Example.authorizing()
        let outcome = try subject.hear(.authorized(.usd(1_000)))
        #expect(outcome.bookings.isEmpty)
        #expect(outcome.alarms == [.currencyDiffers])
        #expect(subject.payment.status == .authorizing)
        #expect(subject.payment.isConflicted)
    }

    @Test("without an amount above zero cannot be applied, and change nothing", arguments: [0, -1, Int64.min])
    func notPositive(minorUnits: Int64) {
        var subject = Example.authorizing()
        let before = subject
        #expect(throws: FactFault.amountNotPositive(.eur(minorUnits))) {
            try subject.hear(.authorized(.eur(minorUnits)))
        }
        #expect(subject == before)
    }

    @Test("that ask the payer to act wait, and are stale once decided")
    func actionRequired() throws {
        var subject = Example.authorizing()
        let action = NextAction.redirect(url: "https://issuer.example/3ds")
        _ = try subject.hear(.actionRequired(action))
        #expect(subject.payment.status == .actionRequired)
        #expect(subject.payment.nextAction == action.type)
        _ = try subject.hear(.authorized(.eur(1_000)))
        #expect(subject.payment.nextAction == nil)
        #expect(try subject.hear(.actionRequired(action)).verdict == .drop)
        #expect(subject.payment.status == .authorized)
    }
}
