import EventLog
import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("Reading payments")
struct PaymentQueryTests {
    @Test("tells a payment's story in order: requests, refusals, attempts, facts and settlements")
    func timeline() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.authorized()
        await #expect(throws: RequestRejection.self) { try await stage.refund(id, 1, key: "too early") }
        let capture = try await stage.capture(id)
        try await stage.send()
        try await stage.hear(.captured(.eur(1_000), fee: nil), of: id, capture.id, movement: "cap_1")
        // Another payment's story is its own.
        _ = try await stage.captured(key: "other")
        let story = try #require(try queries(stage).timeline(of: id, in: .first))
        #expect(
            story.entries.map(name) == [
                "charge.initiated", "commands.submitted", "submit 1", "outcome.recorded", "request.rejected",
                "capture.requested", "commands.submitted", "submit 1", "outcome.recorded",
            ])
        #expect(try queries(stage).timeline(of: PaymentID(rawValue: 9), in: .first) == nil)
    }

    @Test("says when a story has more events than it tells, and tells the first", arguments: [(5, true), (6, false)])
    func truncated(limit: Int, isTruncated: Bool) async throws {
        let stage = try await PaymentStage()
        let id = try await stage.captured()
        let whole = try #require(try queries(stage).timeline(of: id, in: .first))
        let events = whole.entries.filter(isEvent)
        #expect(events.count == 6 && !whole.isTruncated)
        let story = try #require(try queries(stage).timeline(of: id, in: .first, limit: limit))
        #expect(story.isTruncated == isTruncated)
        let told = story.entries.filter(isEvent)
        #expect(told == Array(events.prefix(limit)))
    }

    @Test("shows where the payer has to go as long as there is something to do, and never in the log")
    func nextAction() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.charge()
        try await stage.send()
        let url = "https://issuer.example/3ds?payer=ada"
        let authorization = PaymentOperationID(rawValue: id.rawValue)
        try await stage.hear(.actionRequired(.redirect(url: url)), of: id, authorization)
        #expect(try queries(stage).payment(id, in: .first)?.nextActionURL == url)
        #expect(try stage.payment(id).status == .actionRequired)
        #expect(try stage.events().allSatisfy { !String(decoding: $0.bytes, as: UTF8.self).contains("ada") })
        try await stage.hear(.authorized(.eur(1_000)), of: id, authorization)
        #expect(try queries(stage).payment(id, in: .first)?.nextActionURL == nil)
        try stage.expectSound()
    }

    @Test("finds a refund by its own identifier, and nothing else by it")
    func refund() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.captured()
        let refund = try await stage.refund(id, 10)
        #expect(try queries(stage).refund(RefundID(rawValue: refund.id.rawValue), in: .first)?.id == refund.id)
        let capture = try #require(stage.operations(of: id).first)
        #expect(try queries(stage).refund(RefundID(rawValue: capture.id.rawValue), in: .first) == nil)
    }

    private func queries(_ stage: PaymentStage) -> PaymentQueries {
        PaymentQueries(database: stage.store.database, texts: stage.texts)
    }

    private func isEvent(_ entry: TimelineEntry) -> Bool {
        if case .event = entry.what { true } else { false }
    }

    private func name(_ entry: TimelineEntry) -> String {
        switch entry.what {
        case .event(let event): String(event.type.dropFirst("summa.payments.".count))
        case .attempt(_, let attempt): "\(attempt.task.rawValue) \(attempt.number)"
        }
    }
}
