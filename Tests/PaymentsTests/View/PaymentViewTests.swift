import EventLog
import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("The view of payments")
struct PaymentViewTests {
    @Test("shows what the payments themselves show, made of events alone")
    func agrees() async throws {
        let stage = try await PaymentStage()
        try await live(on: stage)
        try await project(stage)
        let payments = try stage.store.read { try PaymentStore.page(after: nil, limit: 100, in: $0) }
        let views = try queries(stage).payments(PaymentFilter(), limit: 100, in: .first).payments
        #expect(payments.count == 4)
        #expect(views.map(\.id) == payments.map(\.payment.id).reversed())
        for row in payments {
            let view = try #require(views.first { $0.id == row.payment.id })
            #expect(view.status == row.payment.status)
            #expect(view.amounts == row.payment.amounts)
            #expect(view.authorization == row.payment.authorization)
            #expect(view.isInDoubt == row.payment.isInDoubt)
            #expect(view.failure == row.payment.failure)
            #expect(view.providerReference == row.payment.providerReference)
            #expect(view.merchant == row.payment.merchant && view.reference == row.payment.reference)
            #expect(view.hold == row.hold && view.createdAt == row.payment.createdAt)
            #expect(view.sequence == row.sequence)
        }
    }

    @Test("finds payments by status, merchant, reference and when they were made")
    func filters() async throws {
        let stage = try await PaymentStage()
        try await live(on: stage)
        try await project(stage)
        #expect(try statuses(PaymentFilter(status: .captured), stage) == [.captured])
        #expect(try statuses(PaymentFilter(status: .declined), stage) == [.declined])
        #expect(try statuses(PaymentFilter(merchant: Example.acme), stage).count == 4)
        #expect(try statuses(PaymentFilter(merchant: Example.sandbox), stage).isEmpty)
        let ids = try queries(stage).payments(PaymentFilter(), limit: 100, in: .first).payments.map(\.id)
        let captured = try queries(stage).payments(PaymentFilter(status: .captured), limit: 1, in: .first).payments
        let (oldest, newest) = (try #require(ids.last), try #require(ids.first))
        #expect(try queries(stage).captured(from: oldest, through: newest, in: .first) == Set(captured.map(\.id)))
        #expect(try queries(stage).captured(from: newest, through: newest, in: .first).isEmpty)
        let order = try #require(ExternalID("order-1"))
        #expect(try statuses(PaymentFilter(reference: order), stage) == [.declined])
        #expect(try statuses(PaymentFilter(status: .captured, reference: order), stage).isEmpty)
        let first = try #require(stage.store.read { try PaymentStore.page(after: nil, limit: 1, in: $0) }.first)
        let after = first.payment.createdAt.advanced(by: Instant.Span(microseconds: 1))
        #expect(try statuses(PaymentFilter(createdFrom: first.payment.createdAt), stage).count == 4)
        #expect(try statuses(PaymentFilter(createdFrom: after), stage).count == 3)
        #expect(try statuses(PaymentFilter(createdBefore: after), stage).count == 1)
        let second = try #require(
            try queries(stage).payments(PaymentFilter(createdFrom: after), limit: 100, in: .first).payments.last)
        let window = PaymentFilter(
            createdFrom: second.createdAt, createdBefore: second.createdAt.advanced(by: Instant.Span(microseconds: 1)))
        #expect(try statuses(window, stage) == [second.status])
        #expect(try statuses(PaymentFilter(createdBefore: first.payment.createdAt), stage).isEmpty)
    }

    @Test("is read page by page, the newest first, each payment once")
    func pages() async throws {
        let stage = try await PaymentStage()
        try await live(on: stage)
        try await project(stage)
        var seen: [PaymentID] = []
        var hasMore = true
        while hasMore {
            let page = try queries(stage).payments(PaymentFilter(), before: seen.last, limit: 3, in: .first)
            seen += page.payments.map(\.id)
            hasMore = page.hasMore
        }
        #expect(seen.count == 4)
        #expect(seen == seen.sorted { $0 > $1 })
    }

    // MARK: Steps

    /// One captured and partly refunded, one declined, one in doubt, one just accepted.
    private func live(on stage: PaymentStage) async throws {
        let captured = try await stage.captured(key: "one")
        let refund = try await stage.refund(captured, 300)
        try await stage.send()
        try await stage.hear(.refunded(.eur(300), fee: nil), of: captured, refund.id, movement: "ref_1")
        let named = try stage.chargeCommand(key: "two", reference: ExternalID("order-1"))
        let answer = try await stage.createCharge.run(named)
        guard case .payment(let row) = answer.body else { throw PaymentStage.Refused(body: answer.body) }
        let declined = row.payment.id
        try await stage.send()
        let failure = ProviderFailure(.insufficientFunds, rawCode: "nsf_51")
        try await stage.hear(.declined(failure), of: declined, PaymentOperationID(rawValue: declined.rawValue))
        let doubted = try await stage.charge(key: "three")
        let provider = ScriptedProvider()
        provider.reply(.unknown(why: "timed_out"))
        try await stage.step(stage.worker(provider))
        #expect(try stage.payment(doubted).isInDoubt)
        _ = try await stage.charge(key: "four")
    }

    private func project(_ stage: PaymentStage) async throws {
        let projection = PaymentViewProjection()
        for event in try stage.events() {
            guard let change = try projection.read(event) else { continue }
            try await stage.store.database.write(.first, expecting: change.expecting) { try change.apply(&$0) }
        }
    }

    private func queries(_ stage: PaymentStage) -> PaymentViewQueries {
        PaymentViewQueries(database: stage.store.database)
    }

    private func statuses(_ filter: PaymentFilter, _ stage: PaymentStage) throws -> [PaymentStatus] {
        try queries(stage).payments(filter, limit: 100, in: .first).payments.map(\.status)
    }
}
