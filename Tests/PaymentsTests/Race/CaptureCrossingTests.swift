import EventLog
import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("When a capture and what we asked for cross")
struct CaptureCrossingTests {
    @Test("a capture before the authorization implies it, and the authorization that follows says nothing new")
    func captureFirst() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.charge(capture: .automatic)
        try await stage.send()
        let authorization = try stage.payment(id).authorizationOperation
        try await stage.hear(.captured(.eur(1_000), fee: nil), of: id, authorization, movement: "cap_1")
        #expect(try stage.payment(id).status == .captured)
        #expect(try await stage.hear(.authorized(.eur(1_000)), of: id, authorization) == .repeated(id))
        #expect(try stage.posted("merchant:acme:payable:EUR") == 1_000)
        #expect(try stage.balance("merchant:acme:payable:EUR")?.pending == .eur(1_000))
        #expect(try stage.openWork() == [])
        try stage.expectSound()
    }

    @Test("a capture wins over a void on its way, which fails for that reason")
    func captureBeatsVoid() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.authorized()
        let void = try await stage.void(id)
        try await stage.send()
        try await stage.hear(.captured(.eur(1_000), fee: nil), of: id, movement: "cap_1")
        let failed = try stage.operation(void.id)
        #expect(failed.state == .failed)
        #expect(failed.failure?.rawCode == "already_captured")
        #expect(try stage.payment(id).voiding == nil)
        #expect(try stage.posted("merchant:acme:payable:EUR") == 1_000)
        try stage.expectSound()
    }

    @Test("a void confirmed while a capture is on its way is decided by looking up the capture")
    func voidMeetsCapture() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.authorized()
        let capture = try await stage.capture(id)
        try await stage.send()
        #expect(try await stage.hear(.voided, of: id) == .questioned(id))
        #expect(try stage.payment(id).status == .authorized)
        let asked = try await stage.send()
        #expect(asked.map(\.task) == [.lookUp, .lookUp])
        #expect(asked.contains { $0.command.id == capture.command })
        // The capture had failed; then the void may be believed.
        try await stage.hear(.captureFailed(FactSubject.failure), of: id, capture.id, origin: .lookUp)
        #expect(try await stage.hear(.voided, of: id) == .applied(id))
        #expect(try stage.payment(id).status == .voided)
        #expect(try stage.balance("merchant:acme:payable:EUR")?.pending == .eur(0))
        try stage.expectSound()
    }

    @Test("another amount than ours is booked as theirs, flagged and listed", arguments: [(900, false), (1_100, true)])
    func amountDiffers(theirs: Int64, isAbove: Bool) async throws {
        let stage = try await PaymentStage()
        let id = try await stage.authorized()
        let capture = try await stage.capture(id)
        try await stage.send()
        try await stage.hear(.captured(.eur(theirs), fee: nil), of: id, capture.id, movement: "cap_1")
        #expect(try stage.payment(id).isConflicted)
        #expect(try stage.payment(id).amounts.captured == .eur(theirs))
        #expect(try stage.payment(id).flags.contains(.aboveCeiling) == isAbove)
        #expect(try stage.posted("merchant:acme:payable:EUR") == theirs)
        #expect(try Set(stage.openWork(AllowedText(id))) == (isAbove ? [.conflicted, .aboveCeiling] : [.conflicted]))
        try stage.expectSound()
    }

    @Test("another currency than ours goes to suspense, and the merchant is untouched")
    func currencyDiffers() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.authorized()
        let capture = try await stage.capture(id)
        try await stage.send()
        try await stage.hear(.captured(.usd(1_000), fee: nil), of: id, capture.id, movement: "cap_1")
        #expect(
            try stage.trialBalance() == ["provider:sandbox:receivable:USD": 1_000, "suspense:sandbox:USD": 1_000])
        #expect(try stage.payment(id).amounts.captured == .eur(0))
        #expect(try stage.openWork(AllowedText(id)) == [.currencyDiffers])
        #expect(
            try await stage.hear(.captured(.usd(1_000), fee: nil), of: id, capture.id, movement: "cap_1")
                == .repeated(id))
        try stage.expectSound()
    }

    @Test("one in another currency that fails afterwards leaves nothing open, and a repeat changes nothing")
    func foreignFailsAfterwards() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.authorized()
        let capture = try await stage.capture(id)
        try await stage.send()
        try await stage.hear(.captured(.usd(1_000), fee: nil), of: id, capture.id, movement: "cap_1")
        try await stage.hear(.captureFailed(FactSubject.failure), of: id, capture.id)
        #expect(try stage.trialBalance() == [:])
        #expect(try stage.operation(capture.id).standing == .undone)
        #expect(try Set(stage.openWork(AllowedText(id))) == [.currencyDiffers, .captureFailedAfterwards])
        #expect(try await stage.hear(.captureFailed(FactSubject.failure), of: id, capture.id) == .repeated(id))
        try stage.expectSound()
    }

    @Test("a capture from the provider's own dashboard is booked as the provider's")
    func dashboardCapture() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.authorized()
        try await stage.hear(.captured(.eur(400), fee: nil), of: id, movement: "cap_9")
        let capture = try #require(stage.operations(of: id).first)
        #expect(capture.origin == .provider)
        #expect(capture.state == .succeeded)
        #expect(try stage.posted("merchant:acme:payable:EUR") == 400)
        #expect(try await stage.hear(.captured(.eur(400), fee: nil), of: id, movement: "cap_9") == .repeated(id))
        try await stage.hear(.captured(.eur(700), fee: nil), of: id, movement: "cap_10")
        #expect(try stage.payment(id).amounts.captured == .eur(1_100))
        #expect(try stage.openWork(AllowedText(id)).contains(.aboveCeiling))
        try stage.expectSound()
    }

    @Test("one that fails after it had succeeded leaves the books as they were, with our fee")
    func failsAfterwards() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.captured(platformFee: .eur(50))
        let capture = try #require(stage.operations(of: id).first)
        #expect(try stage.posted("merchant:acme:payable:EUR") == 950)
        try await stage.hear(.captureFailed(FactSubject.failure), of: id, capture.id)
        #expect(try stage.trialBalance() == [:])
        #expect(try stage.payment(id).status == .failed)
        #expect(try stage.openWork(AllowedText(id)) == [.captureFailedAfterwards])
        #expect(try await stage.hear(.captureFailed(FactSubject.failure), of: id, capture.id) == .repeated(id))
        try stage.expectSound()
    }

    @Test("several captures of one promise take from one hold, and the last gives the rest back")
    func several() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.authorized(.eur(1_000), platformFee: .eur(30))
        for (amount, key) in [(Int64(300), "a"), (Int64(200), "b")] {
            let capture = try await stage.capture(id, amount, isFinal: key == "b", key: key)
            try await stage.send()
            try await stage.hear(.captured(.eur(amount), fee: nil), of: id, capture.id, movement: "cap_\(key)")
        }
        #expect(try stage.payment(id).status == .captured)
        #expect(
            try stage.trialBalance() == [
                "provider:sandbox:receivable:EUR": 500, "merchant:acme:payable:EUR": 470, "fees:platform:EUR": 30,
            ])
        #expect(try stage.balance("merchant:acme:payable:EUR")?.pending == .eur(470))
        try stage.expectSound()
    }
}
