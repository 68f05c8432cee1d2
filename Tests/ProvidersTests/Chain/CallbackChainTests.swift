import EventLog
import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

extension ChainTests {
    @Suite("The chain from a charge to its provider and back")
    struct CallbackChainTests {
        @Test("captures a charge, shows it in the view, and owes the merchant what is left after the fee")
        func approve() async throws {
            try await withShop { shop in
                let payment = try await shop.charge("pm_approve", 1_000)
                try await shop.settle()
                #expect(try shop.payment(payment).status == .captured)
                #expect(try shop.posted("merchant:acme:payable:EUR") == 990)
                #expect(try shop.posted("provider:sandbox:receivable:EUR") == 1_000)
                #expect(try await shop.sandbox.effects().map(\.kind) == ["authorized", "captured"])
                #expect(try shop.notifications().map(\.verdict) == [.believed, .believed])
                try await shop.expectSound()
            }
        }

        @Test(
            "counts once what is called back twice, out of order, before the answer, late or alone",
            arguments: [
                "pm_callback_twice", "pm_callback_out_of_order", "pm_callback_before_answer", "pm_callback_late",
                "pm_callback_only",
            ])
        func unruly(token: String) async throws {
            try await withShop { shop in
                let payment = try await shop.charge(token, 1_000)
                try await shop.settle()
                #expect(try shop.payment(payment).status == .captured)
                #expect(try shop.payment(payment).amounts.captured == .eur(1_000))
                #expect(try shop.posted("provider:sandbox:receivable:EUR") == 1_000)
                #expect(try shop.openWork() == [])
                let repeats = try shop.notifications().map(\.repeatCount).reduce(0, +)
                #expect(token == "pm_callback_twice" ? repeats >= 1 : repeats == 0)
                try await shop.expectSound()
            }
        }

        @Test("refuses a forged callback that precedes the true one, and tells the installation's log of it")
        func forged() async throws {
            try await withShop { shop in
                let payment = try await shop.charge("pm_callback_wrong_signature", 1_000)
                try await shop.settle()
                #expect(try shop.payment(payment).amounts.captured == .eur(1_000))
                #expect(try shop.notifications().allSatisfy { $0.verdict == .believed })
                try await shop.refused.flush()
                let told = try shop.refusals()
                #expect(Set(told.map(\.why)) == [.signatureMismatch])
                #expect(told.map(\.count).reduce(0, +) >= 2)
                try await shop.expectSound()
            }
        }

        @Test("refuses a callback that is six minutes old, keeps it with that verdict, and believes the fresh one")
        func stale() async throws {
            try await withShop { shop in
                let payment = try await shop.charge("pm_callback_stale", 1_000)
                try await shop.settle()
                #expect(try shop.payment(payment).amounts.captured == .eur(1_000))
                let verdicts = try shop.notifications().map(\.verdict)
                #expect(verdicts.filter { $0 == .tooOld }.count == 2)
                #expect(verdicts.filter { $0 == .believed }.count == 2)
                try await shop.refused.flush()
                #expect(Set(try shop.refusals().map(\.why)) == [.tooOld])
                try await shop.expectSound()
            }
        }

        @Test("goes on believing what was signed before the secret was exchanged")
        func rotation() async throws {
            // Nobody asks before the callback has come, however long it takes.
            try await withShop(ShopSetting(patience: { $0.lookUpFirst = .seconds(60) })) { shop in
                _ = try await shop.charge("pm_approve")
                try await shop.settle()
                try await shop.rotateSecret()
                let payment = try await shop.charge("pm_callback_only")
                try await shop.settle()
                #expect(try shop.payment(payment).status == .captured)
                #expect(try shop.attempts(ProviderCommandID(rawValue: payment.rawValue)).map(\.result) == [.accepted])
            }
        }

        @Test(
            "carries declines and what waits for the payer",
            arguments: [
                ("pm_decline_insufficient_funds", PaymentStatus.declined), ("pm_action_required", .actionRequired),
                ("pm_action_approved", .captured), ("pm_action_declined", .declined),
                ("pm_callback_only_declined", .declined),
            ])
        func otherEnds(token: String, status: PaymentStatus) async throws {
            try await withShop { shop in
                let payment = try await shop.charge(token)
                try await shop.wait { try shop.payment(payment).status == status }
                #expect(try shop.posted("merchant:acme:payable:EUR") == (status == .captured ? 990 : 0))
            }
        }
    }
}
