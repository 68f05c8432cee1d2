import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("Noting a settlement on a payment")
struct RecordSettlementTests {
    @Test("adds what a remittance holds and what the bank shows, and takes back what was matched wrongly")
    func adds() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.captured(.eur(1_000))
        #expect(try stage.payment(id).settlement == .none)
        try await settle(stage, id, .eur(400))
        #expect(try stage.payment(id).settlement == .partial)
        try await settle(stage, id, .eur(600), received: .eur(400))
        #expect(try stage.payment(id).settlement == .full)
        #expect(try stage.payment(id).amounts.received == .eur(400))
        try await settle(stage, id, .eur(-1))
        #expect(try stage.payment(id).settlement == .partial)
        try await settle(stage, id, .eur(-5_000))
        #expect(try stage.payment(id).amounts.settled == .eur(0))
        try stage.expectSound()
    }

    @Test("writes nothing where nothing changes")
    func nothing() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.captured()
        let before = try stage.events().count
        try await settle(stage, id, nil)
        try await settle(stage, id, .eur(0), received: .eur(0))
        #expect(try stage.events().count == before)
    }

    @Test("refuses another currency, a sum beyond the range and a payment that is not there, and writes nothing")
    func refuses() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.captured()
        try await settle(stage, id, .eur(1))
        let before = try stage.events().count
        await #expect(throws: SettlementRejection.self) { try await settle(stage, id, .usd(1)) }
        await #expect(throws: SettlementRejection.self) { try await settle(stage, id, .eur(1), received: .usd(1)) }
        await #expect(throws: SettlementRejection.self) { try await settle(stage, id, .eur(.max)) }
        let unknown = PaymentID(rawValue: 1)
        await #expect(throws: SettlementRejection.unknownPayment(unknown)) {
            try await settle(stage, unknown, .eur(1))
        }
        #expect(try stage.events().count == before)
        #expect(try stage.payment(id).amounts.settled == .eur(1))
        try stage.expectSound()
    }

    private func settle(
        _ stage: PaymentStage, _ payment: PaymentID, _ settled: Amount?, received: Amount? = nil
    ) async throws {
        let context = stage.context
        try await stage.store.database.write(.first) { work in
            try RecordSettlement.perform(payment, settled: settled, received: received, context: context, in: &work)
        }
    }
}
