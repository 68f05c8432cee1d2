import EventLog
import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("When an authorization and what we asked for cross")
struct AuthorizationCrossingTests {
    @Test("a void asked for while the answer is awaited is sent with it, and the hold ends when it is confirmed")
    func voidWaits() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.charge()
        try await stage.send()
        let void = try await stage.void(id)
        #expect(try await stage.send().isEmpty)
        try await stage.hear(.authorized(.eur(1_000)), of: id, stage.payment(id).authorizationOperation)
        #expect(try stage.payment(id).voiding == void.id)
        #expect(try await stage.send().map(\.command.kind) == [.void])
        #expect(try stage.balance("merchant:acme:payable:EUR")?.pending == .eur(1_000))
        try await stage.hear(.voided, of: id, void.id)
        #expect(try stage.payment(id).status == .voided)
        #expect(try stage.operation(void.id).state == .succeeded)
        #expect(try stage.balance("merchant:acme:payable:EUR")?.pending == .eur(0))
        try stage.expectSound()
    }

    @Test("a void of what nobody was asked about yet ends it at once, and nobody is asked")
    func voidBeforeSending() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.charge()
        #expect(try await stage.void(id).state == .succeeded)
        #expect(try stage.payment(id).status == .voided)
        #expect(try await stage.send().isEmpty)
        #expect(try stage.balance("merchant:acme:payable:EUR")?.pending == .eur(0))
        try stage.expectSound()
    }

    @Test("a promise told of after its void was confirmed is the one that was voided", arguments: [true, false])
    func promiseOvertakenByItsVoid(isAskedFor: Bool) async throws {
        let stage = try await PaymentStage()
        let id = try await stage.charge()
        try await stage.send()
        let authorization = try stage.payment(id).authorizationOperation
        try await stage.hear(.actionRequired(.other(type: "sms")), of: id, authorization)
        let void = try await stage.void(id)
        try await stage.send()
        try await stage.hear(.voided, of: id, void.id)
        let outcome = try await stage.hear(
            .authorized(.eur(1_000)), of: id, authorization, origin: isAskedFor ? .lookUp : .notification)
        #expect(outcome == .repeated(id))
        #expect(try stage.payment(id).status == .voided)
        #expect(try stage.payment(id).flags.isEmpty)
        #expect(try stage.balance("merchant:acme:payable:EUR")?.pending == .eur(0))
        try stage.expectSound()
    }

    @Test("a promise told of after it had run out is the one that ran out", arguments: [true, false], [true, false])
    func promiseOvertakenByItsEnd(isRepeat: Bool, isAskedFor: Bool) async throws {
        let stage = try await PaymentStage()
        let id = try await stage.runOut(isPromised: isRepeat)
        let outcome = try await stage.hear(
            .authorized(.eur(1_000)), of: id, stage.payment(id).authorizationOperation,
            origin: isAskedFor ? .lookUp : .notification)
        #expect(outcome == .repeated(id))
        #expect(try stage.payment(id).status == .expired && stage.payment(id).flags.isEmpty)
        #expect(try stage.balance("merchant:acme:payable:EUR")?.pending == .eur(0))
        try stage.expectSound()
    }

    @Test("a promise under another name than the one that ran out untold is news: it is held and flagged")
    func anotherPromise() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.runOut(isPromised: false)
        let command = ProviderCommandID(rawValue: id.rawValue)
        let outcome = try await stage.hear(stage.fact(.authorized(.eur(1_000)), reference: "auth_second", command))
        #expect(outcome == .applied(id))
        #expect(try stage.payment(id).status == .authorized && stage.payment(id).isLateSuccess)
        #expect(try stage.balance("merchant:acme:payable:EUR")?.pending == .eur(1_000))
        try stage.expectSound()
    }

    @Test("a word about what we had not noted as sent shows that it was: a void is sent then, not decided here")
    func heardBeforeSending() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.charge()
        try await stage.hear(
            .actionRequired(.other(type: "sms")), of: id, PaymentOperationID(rawValue: id.rawValue))
        #expect(try stage.row(id).authorizationState == .submitted)
        #expect(try await stage.void(id).state == .requested)
        #expect(try stage.balance("merchant:acme:payable:EUR")?.pending == .eur(1_000))
        #expect(try await stage.send().contains { $0.command.kind == .void })
        try stage.expectSound()
    }

    @Test("a success after we had said no wins, is held again, flagged and listed", arguments: Negative.allCases)
    func lateAuthorization(no: Negative) async throws {
        let stage = try await PaymentStage()
        let id = try await stage.ended(no)
        #expect(try stage.balance("merchant:acme:payable:EUR")?.pending == .eur(0))
        // A provider's second word on an operation of its own: an authorization after a confirmed void is another promise.
        try await stage.hear(.captured(.eur(1_000), fee: nil), of: id, movement: "cap_1")
        let payment = try stage.payment(id)
        #expect(payment.isLateSuccess)
        #expect(payment.amounts.captured == .eur(1_000))
        #expect(try stage.posted("merchant:acme:payable:EUR") == 1_000)
        #expect(try stage.openWork(AllowedText(id)).contains(.lateSuccess))
        try stage.expectSound()
    }

    @Test("a late authorization is held again")
    func heldAgain() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.ended(.failed)
        try await stage.hear(.authorized(.eur(1_000)), of: id, stage.payment(id).authorizationOperation)
        #expect(try stage.payment(id).status == .authorized)
        #expect(try stage.payment(id).isLateSuccess)
        #expect(try stage.balance("merchant:acme:payable:EUR")?.pending == .eur(1_000))
        try stage.expectSound()
    }

    @Test("a late success is given back where that is agreed: a void if it is promised, a refund if it is captured")
    func givenBack() async throws {
        let terms = MerchantTerms(feePlan: try FeePlan(basisPoints: 0, rounding: .halfEven), lateSuccess: .return)
        let stage = try await PaymentStage(terms: terms)
        let promised = try await stage.ended(.declined)
        try await stage.hear(.authorized(.eur(1_000)), of: promised, stage.payment(promised).authorizationOperation)
        #expect(try stage.payment(promised).voiding != nil)
        #expect(try await stage.send().map(\.command.kind) == [.void])

        let captured = try await stage.ended(.declined, key: "second")
        try await stage.hear(.captured(.eur(1_000), fee: nil), of: captured, movement: "cap_2")
        #expect(try stage.payment(captured).amounts.refundsInFlight == .eur(1_000))
        let refund = try #require(stage.operations(of: captured).first { $0.kind == .refund })
        try await stage.send()
        try await stage.hear(.refunded(.eur(1_000), fee: nil), of: captured, refund.id, movement: "ref_2")
        #expect(try stage.posted("merchant:acme:payable:EUR") == 0)
        try stage.expectSound()
    }

    @Test("an end of the promise that a capture was to decide is asked about, also when the capture has failed")
    func endAfterFailedCapture() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.authorized()
        let capture = try await stage.capture(id)
        try await stage.send()
        #expect(try await stage.hear(.expired, of: id) == .questioned(id))
        try await stage.hear(.captureFailed(FactSubject.failure), of: id, capture.id)
        #expect(try await stage.send().map(\.task) == [.lookUp])
        try await stage.hear(.expired, of: id, origin: .lookUp)
        #expect(try stage.payment(id).status == .expired)
        #expect(try stage.balance("merchant:acme:payable:EUR")?.pending == .eur(0))
        try stage.expectSound()
    }

    @Test("a decline after the promise is asked about, and undoes nothing")
    func staleDecline() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.authorized()
        let outcome = try await stage.hear(
            .declined(FactSubject.failure), of: id, stage.payment(id).authorizationOperation)
        #expect(outcome == .questioned(id))
        #expect(try stage.payment(id).status == .authorized)
        #expect(try stage.balance("merchant:acme:payable:EUR")?.pending == .eur(1_000))
        #expect(try await stage.send().map(\.task) == [.lookUp])
        try stage.expectSound()
    }

    @Test("what the look-up answers is believed, even a decline")
    func lookUpBelieved() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.authorized()
        let authorization = try stage.payment(id).authorizationOperation
        try await stage.hear(.declined(FactSubject.failure), of: id, authorization)
        try await stage.hear(.declined(FactSubject.failure), of: id, authorization, origin: .lookUp)
        #expect(try stage.payment(id).status == .declined)
        #expect(try stage.payment(id).isConflicted)
        #expect(try stage.balance("merchant:acme:payable:EUR")?.pending == .eur(0))
        #expect(try stage.openWork(AllowedText(id)) == [.conflicted])
        try stage.expectSound()
    }
}

/// The ways we come to say no.
enum Negative: CaseIterable {
    case declined, failed, expired, voided
}

extension PaymentStage {
    /// A payment whose promise ran out, whether or not we had been told of it before.
    fileprivate func runOut(isPromised: Bool) async throws -> PaymentID {
        let id = try await charge()
        try await send()
        let authorization = try payment(id).authorizationOperation
        try await hear(
            isPromised ? .authorized(.eur(1_000)) : .actionRequired(.other(type: "sms")), of: id, authorization)
        try await hear(.expired, of: id, authorization)
        return id
    }

    /// A payment that ended without being captured.
    func ended(_ no: Negative, key: String = "charge") async throws -> PaymentID {
        let id = try await charge(key: key)
        try await send()
        let authorization = try payment(id).authorizationOperation
        switch no {
        case .declined: try await hear(.declined(FactSubject.failure), of: id, authorization)
        case .failed: try await hear(.failed(FactSubject.failure), of: id, authorization)
        case .expired:
            try await hear(.authorized(.eur(1_000)), of: id, authorization)
            try await hear(.expired, of: id)
        case .voided:
            try await hear(.authorized(.eur(1_000)), of: id, authorization)
            let void = try await void(id, key: "\(key)-void")
            try await send()
            try await hear(.voided, of: id, void.id)
        }
        return id
    }
}
