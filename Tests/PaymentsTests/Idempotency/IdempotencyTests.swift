import EventLog
import JSON
import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("An idempotency key")
struct IdempotencyTests {
    @Test("gives the same answer to the same request, and the effect once")
    func replay() async throws {
        let stage = try await PaymentStage()
        let command = try stage.chargeCommand(key: "k1")
        let first = try await stage.createCharge.run(command)
        let events = try stage.events().count
        let again = try await stage.createCharge.run(command)
        #expect(again.body == first.body)
        #expect(again.sequence == first.sequence)
        #expect((first.isReplayed, again.isReplayed) == (false, true))
        #expect(try stage.events().count == events)
        #expect(try stage.allPayments().count == 1)
    }

    @Test("answers as it did at first, whatever has happened since")
    func answerStays() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.captured(key: "k1")
        let refund = try await stage.refund(id, 300, key: "r1")
        try await stage.send()
        try await stage.hear(.refunded(.eur(300), fee: nil), of: id, refund.id, movement: "ref_1")
        let charge = try await stage.createCharge.run(try stage.chargeCommand(key: "k1"))
        guard case .payment(let row) = charge.body else { throw PaymentStage.Refused(body: charge.body) }
        #expect(row.payment.status == .accepted)
        #expect(row.hold == (try stage.row(id).hold))
        #expect(try await stage.refund(id, 300, key: "r1").state == .requested)
        #expect(try stage.payment(id).amounts.refunded == .eur(300))
    }

    @Test("refuses another request, before any rule of the business is asked, and changes nothing")
    func otherBody() async throws {
        let stage = try await PaymentStage()
        let first = try await stage.createCharge.run(try stage.chargeCommand(.eur(1_000), key: "k1"))
        let events = try stage.events().count
        await #expect(throws: IdempotencyRejection.keyReused(sequence: first.sequence)) {
            try await stage.createCharge.run(try stage.chargeCommand(.eur(1_001), key: "k1"))
        }
        // A fee above the amount would be refused by a rule: the key comes first.
        await #expect(throws: IdempotencyRejection.keyReused(sequence: first.sequence)) {
            try await stage.createCharge.run(try stage.chargeCommand(.eur(1), key: "k1", platformFee: .eur(2)))
        }
        #expect(try stage.events().count == events)
        #expect(try stage.allPayments().count == 1)
    }

    @Test("is another one on another route and in another book")
    func scope() throws {
        let stage = try SampleCommand()
        let claim = stage.claim()
        #expect(stage.claim(route: "/v1/refunds").keyHash != claim.keyHash)
        #expect(stage.claim(method: "PUT").keyHash != claim.keyHash)
        #expect(stage.claim(book: 2).keyHash != claim.keyHash)
        #expect(stage.claim(key: "k2").keyHash != claim.keyHash)
        #expect(stage.claim().keyHash == claim.keyHash)
        // The path is what is asked for, not where: the same key on another payment is another request.
        #expect(stage.claim(path: "/v1/other").keyHash == claim.keyHash)
        #expect(stage.claim(path: "/v1/other").fingerprint != claim.fingerprint)
    }

    @Test("keeps a refusal too: it is told again even when its reason has gone")
    func refusalIsKept() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.charge()
        await #expect(throws: RequestRejection(.capture, .notAuthorized, status: .accepted)) {
            try await stage.capture(id, key: "c1")
        }
        try await stage.send()
        try await stage.hear(.authorized(.eur(1_000)), of: id, stage.payment(id).authorizationOperation)
        await #expect(throws: RequestRejection(.capture, .notAuthorized, status: .accepted)) {
            try await stage.capture(id, key: "c1")
        }
        _ = try await stage.capture(id, key: "c2")
        let refusals = try stage.events().filter { $0.type == RequestRejected.type }
        #expect(refusals.map(\.subject) == [id.description])
        try stage.expectSound()
    }

    @Test("does not keep a request that could not be asked: it may be corrected under the same key")
    func notKept() async throws {
        let stage = try await PaymentStage()
        let events = try stage.events().count
        let unknown = PaymentID(rawValue: 7)
        await #expect(throws: RequestRejection(.capture, .unknownPayment)) { try await stage.capture(unknown) }
        #expect(try stage.events().count == events)
        let id = try await stage.authorized()
        _ = try await stage.capture(id)
    }

    @Test("is free again after 30 days, not a moment before", arguments: [(-1, true), (0, false)])
    func expires(offsetMicroseconds: Int64, isKept: Bool) async throws {
        let stage = try await PaymentStage()
        let first = try await stage.createCharge.run(try stage.chargeCommand(key: "k1"))
        let claimed = try #require(try stage.events().last).time
        let end = claimed.advanced(by: IdempotencyRow.lifetime).advanced(by: .init(microseconds: offsetMicroseconds))
        stage.store.clock.advance(by: end.since(stage.store.clock.now))
        let again = try await stage.createCharge.run(try stage.chargeCommand(key: "k1"))
        #expect(again.isReplayed == isKept)
        #expect((again.sequence == first.sequence) == isKept)
        #expect(try stage.allPayments().count == (isKept ? 1 : 2))
        try stage.expectSound()
    }

    @Test("whose time is over is taken away by the purge, the others stay")
    func purged() async throws {
        let stage = try await PaymentStage()
        for key in ["k1", "k2", "k3"] { _ = try await stage.charge(key: key) }
        stage.store.clock.advance(by: IdempotencyRow.lifetime)
        _ = try await stage.charge(key: "k4")
        let purge = PurgeIdempotency(database: stage.store.database)
        let now = stage.store.clock.now.advanced(by: .seconds(1))
        #expect(try await purge.step(.first, now: now, chunk: 2))
        #expect(try await !purge.step(.first, now: now, chunk: 2))
        #expect(try await !purge.step(.first, now: now, chunk: 2))
        #expect(try stage.store.read { try $0.select(IdempotencyRow.self, "sequence > 0").count } == 1)
        let again = try await stage.createCharge.run(try stage.chargeCommand(key: "k4"))
        #expect(again.isReplayed)
    }

    @Test("may share its answer with another, and goes when its own time is over, however old the answer")
    func sharedAnswer() async throws {
        let stage = try await PaymentStage()
        let sample = try SampleCommand()
        for (key, sequence) in [("k1", Int64(2)), ("k2", 1), ("k3", 1)] {
            let claim = sample.claim(key: key)
            try await stage.store.database.write(.first, expecting: [IdempotencyStore.expectedKey(claim)]) { work in
                try IdempotencyStore.keep(claim, answeredBy: sequence, in: &work)
            }
            stage.store.clock.advance(by: .days(1))
        }
        stage.store.clock.advance(by: .init(microseconds: IdempotencyRow.lifetime.microseconds))
        stage.store.clock.advance(by: .hours(-47))
        let purge = PurgeIdempotency(database: stage.store.database)
        while try await purge.step(.first, now: stage.store.clock.now, chunk: 1) {}
        let left = try stage.store.read { try $0.select(IdempotencyRow.self, "sequence > 0") }
        #expect(left.map(\.claim) == [sample.claim(key: "k3")])
        #expect(left.map(\.sequence) == [1])
    }

    @Test("makes one payment of 100 identical requests at once, with equal answers")
    func concurrent() async throws {
        let stage = try await PaymentStage()
        let charges = stage.createCharge
        let command = try stage.chargeCommand(key: "k1", description: nil)
        let answers = try await withThrowingTaskGroup(of: IdempotentAnswer.self) { group in
            for _ in 0..<100 { group.addTask { try await charges.run(command) } }
            var answers: [IdempotentAnswer] = []
            for try await answer in group { answers.append(answer) }
            return answers
        }
        #expect(Set(answers.map(\.body)).count == 1)
        #expect(Set(answers.map(\.sequence)).count == 1)
        #expect(answers.count { !$0.isReplayed } == 1)
        #expect(try stage.allPayments().count == 1)
        #expect(try stage.balance("merchant:acme:payable:EUR")?.pending == .eur(1_000))
        try stage.expectSound()
    }
}

/// A command of one member, for what a key's scope and a request's fingerprint are made of.
private struct SampleCommand: Fingerprinted {
    init() throws {}

    func write(fingerprint: inout JSONWriter) { fingerprint.field("amount", Int64(1)) }

    func claim(
        method: String = "POST", route: String = "/v1/charges", path: String = "/v1/charges", key: String = "k1",
        book: Int64 = 1
    ) -> IdempotencyClaim {
        let request = IdempotentRequest(method: method, route: route, path: path, key: key)
        return IdempotencyClaim(request, in: BookID(rawValue: book), for: self)
    }
}
