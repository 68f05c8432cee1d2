import EventLog
import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("A thousand refunds of one payment at once", .serialized)
struct RefundStormTests {
    private static let count = 1_000

    @Test(
        "never pass what was captured, though 30 % fail and 10 % fail after success, and give all of that back",
        arguments: SeededGenerator.seeds(2))
    func storm(seed: UInt64) async throws {
        let stage = try await PaymentStage()
        let id = try await stage.captured(.eur(100_000))
        var chance = SeededGenerator(seed: seed)
        let parts = (0..<Self.count).map { _ in Int64.random(in: 1...250, using: &chance) }
        let refunds = try await ask(for: parts, of: id, stage)
        #expect(refunds.count < Self.count)
        let asked = refunds.reduce(0) { $0 + $1.amount.minorUnits }
        #expect(asked <= 100_000)
        #expect(try stage.payment(id).amounts.refundsInFlight == .eur(asked))
        try await stage.send()

        let provider = try await answer(refunds, of: id, stage, &chance)
        let payment = try stage.payment(id)
        #expect(payment.amounts.refunded == .eur(provider))
        #expect(payment.amounts.refundsInFlight == .eur(0))
        #expect(payment.amounts.refundable == .eur(100_000 - provider))
        #expect(!payment.flags.contains(.aboveCeiling))
        #expect(try stage.posted("merchant:acme:payable:EUR") == 100_000 - provider)
        #expect(try stage.available("merchant:acme:payable:EUR") == 100_000 - provider)
        #expect(try stage.posted("provider:sandbox:receivable:EUR") == 100_000 - provider)
        _ = try await stage.refund(id, 100_000 - provider, key: "the rest")
        try stage.expectSound()
    }

    /// Asks for all at once; answers those that were not refused.
    private func ask(for parts: [Int64], of id: PaymentID, _ stage: PaymentStage) async throws -> [PaymentOperation] {
        let refunds = stage.refundPayment
        return try await withThrowingTaskGroup(of: PaymentOperation?.self) { group in
            for (number, part) in parts.enumerated() {
                let command = stage.refundCommand(id, part, key: "refund-\(number)")
                group.addTask {
                    guard case .operation(let refund) = try await refunds.run(command).body else { return nil }
                    return refund
                }
            }
            var taken: [PaymentOperation] = []
            for try await refund in group { if let refund { taken.append(refund) } }
            return taken.sorted { $0.id < $1.id }
        }
    }

    /// The provider answers in an order of its own, some twice. Answers what it paid out in the end.
    private func answer(
        _ refunds: [PaymentOperation], of id: PaymentID, _ stage: PaymentStage, _ chance: inout SeededGenerator
    ) async throws -> Int64 {
        var paid: Int64 = 0
        for refund in refunds.shuffled(using: &chance) {
            let movement = "ref_\(refund.id)"
            let fate = Int.random(in: 0..<100, using: &chance)
            if fate >= 30 {
                try await stage.hear(.refunded(refund.amount, fee: nil), of: id, refund.id, movement: movement)
            }
            if fate < 40 {
                try await stage.hear(.refundFailed(FactSubject.failure), of: id, refund.id, movement: movement)
            }
            if fate >= 40 { paid += refund.amount.minorUnits }
            if fate >= 90 {
                try await stage.hear(.refunded(refund.amount, fee: nil), of: id, refund.id, movement: movement)
            }
        }
        return paid
    }
}
