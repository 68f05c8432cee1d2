import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

extension ChainTests {
    @Suite("A storm of refunds")
    struct RefundStormTests {
        @Test(
            "while three in ten fail and one in ten fails afterwards: all totals agree, and the ceiling is what is left"
        )
        func storm() async throws {
            var setting = ShopSetting(seed: 7)
            setting.account = #""refund_fails_before_percent":30,"refund_fails_after_percent":10"#
            try await withShop(setting) { shop in
                let payment = try await shop.charge("pm_approve", 100_000)
                try await shop.wait { try shop.payment(payment).status == .captured }
                let asked = try await ask(1_000, of: payment, at: shop)
                #expect(asked > 0)
                try await shop.settle(seconds: 240)

                let operations = try shop.operations(of: payment).filter { $0.kind == .refund }
                #expect(operations.count == asked)
                #expect(operations.allSatisfy { !$0.state.isOpen })
                let standing = operations.filter { $0.state == .succeeded && !$0.isUndone }
                let amounts = try shop.payment(payment).amounts
                #expect(amounts.refunded.minorUnits == standing.map(\.amount.minorUnits).reduce(0, +))
                #expect(amounts.refundsInFlight.isZero)
                #expect(amounts.refundable.minorUnits == 100_000 - amounts.refunded.minorUnits)
                #expect(operations.contains { $0.state == .failed || $0.state == .declined })
                #expect(operations.contains { $0.isUndone })

                let effects = try await shop.sandbox.effects()
                func sum(_ kind: String) -> Int64 { effects.filter { $0.kind == kind }.map(\.amount).reduce(0, +) }
                #expect(sum("refunded") - sum("refund_returned") == amounts.refunded.minorUnits)
                #expect(try shop.posted("provider:sandbox:receivable:EUR") == 100_000 - amounts.refunded.minorUnits)
                try await shop.expectSound()
            }
        }

        /// Asks for so many refunds of 1.50 at once. Those beyond the ceiling are refused. Answers how many were taken.
        private func ask(_ count: Int, of payment: PaymentID, at shop: Shop) async throws -> Int {
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<count {
                    group.addTask {
                        do {
                            _ = try await shop.refund(payment, 150)
                            return true
                        } catch is RequestRejection {
                            return false
                        }
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
        }
    }
}
