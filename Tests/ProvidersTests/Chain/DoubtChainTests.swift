import EventLog
import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

extension ChainTests {
    @Suite("Doubt, from a lost answer to what became of it")
    struct DoubtChainTests {
        @Test("an authorization whose answer was lost is asked about, and was made")
        func tookEffect() async throws {
            try await withShop(ShopSetting(timeoutSeconds: 1)) { shop in
                let payment = try await shop.charge("pm_timeout_success")
                try await shop.wait { try shop.payment(payment).isInDoubt }
                try await shop.settle()
                #expect(try shop.payment(payment).status == .captured)
                #expect(!(try shop.payment(payment).isInDoubt))
                #expect(try shop.results(of: payment) == [.unknown, .facts])
                try await shop.expectSound()
            }
        }

        @Test("the capture a charge asked for is asked about, too, when a callback told of the authorization alone")
        func automaticCapture() async throws {
            try await withShop { shop in
                let payment = try await shop.charge("pm_capture_timeout_success")
                try await shop.wait { try shop.payment(payment).status == .authorized }
                try await shop.wait { try shop.payment(payment).status == .captured }
                try await shop.settle()
                try await shop.expectSound()
            }
        }

        @Test("an authorization whose answer was lost is asked about, and had failed")
        func hadNoEffect() async throws {
            try await withShop(ShopSetting(timeoutSeconds: 1)) { shop in
                let payment = try await shop.charge("pm_timeout_failure")
                try await shop.settle()
                #expect(try shop.payment(payment).status == .failed)
                #expect(try shop.results(of: payment) == [.unknown, .facts])
                #expect(try shop.posted("merchant:acme:payable:EUR") == 0)
                #expect(try await shop.sandbox.effects().isEmpty)
                try await shop.expectSound()
            }
        }

        @Test("an authorization its provider has never heard of is sent again, and given up when patience is spent")
        func leftNoTrace() async throws {
            let setting = ShopSetting(patience: { $0.authorizationAttemptsMax = 3 })
            try await withShop(setting) { shop in
                let payment = try await shop.charge("pm_timeout_lost")
                try await shop.settle()
                #expect(try shop.payment(payment).status == .failed)
                #expect(try shop.results(of: payment) == [.unknown, .notFound, .unknown, .notFound])
                #expect(try await shop.sandbox.effects().isEmpty)
                try await shop.expectSound()
            }
        }

        @Test(
            "captures, voids and refunds whose answers were lost are asked about",
            arguments: [
                ("pm_capture_timeout_success", PaymentStatus.captured), ("pm_capture_timeout_failure", .authorized),
                ("pm_void_timeout_success", .voided), ("pm_void_timeout_failure", .authorized),
            ])
        func laterOperations(token: String, status: PaymentStatus) async throws {
            try await withShop { shop in
                let payment = try await shop.charge(token, capture: .manual)
                try await shop.wait { try shop.payment(payment).status == .authorized }
                let operation =
                    token.contains("capture") ? try await shop.capture(payment) : try await shop.void(payment)
                try await shop.wait { try shop.attempts(operation.command).first?.result == .unknown }
                try await shop.settle()
                #expect(try shop.payment(payment).status == status)
                #expect(!(try shop.payment(payment).isInDoubt))
                #expect(try shop.attempts(operation.command).map(\.task) == [.submit, .lookUp])
                try await shop.expectSound()
            }
        }

        @Test(
            "a worker that died between claim and answer leaves a question behind, and no second attempt",
            arguments: [false, true])
        func deadWorker(hadSent: Bool) async throws {
            var setting = ShopSetting(patience: { $0.lease = .seconds(2) })
            setting.runsWorkers = false
            try await withShop(setting) { shop in
                let payment = try await shop.charge("pm_approve")
                let claimed = try await shop.claimAll()
                // It died either before the request went out or before its answer was written down.
                if hadSent, let provider = try shop.party()?.provider { _ = await provider.submit(claimed[0].command) }
                let next = shop.providerWorker()
                _ = try await next.step(shop.clock.now)
                await next.drain()
                #expect(try shop.results(of: payment) == [nil])
                shop.clock.move(by: .seconds(3))
                try await shop.wait {
                    _ = try await next.step(shop.clock.now)
                    await next.drain()
                    return try shop.payment(payment).status == .captured
                }
                let expected: [AttemptResult] = hadSent ? [.abandoned, .facts] : [.abandoned, .notFound, .facts]
                #expect(try shop.results(of: payment) == expected)
                #expect(try await shop.sandbox.effects().map(\.kind) == ["authorized", "captured"])
            }
        }

        @Test("by the sandbox's own records each effect happened at most once", arguments: SeededGenerator.seeds(5))
        func seeds(ten: UInt64) async throws {
            // Each of them mostly waits, so they wait together.
            try await withThrowingTaskGroup(of: Void.self) { group in
                for seed in (10 * ten - 9)...(10 * ten) { group.addTask { try await runSeed(seed) } }
                try await group.waitForAll()
            }
        }

        /// Charges, captures, refunds and voids, of which a fifth lose their answer: half of those took effect.
        private func runSeed(_ seed: UInt64) async throws {
            var setting = ShopSetting(seed: seed)
            setting.account = #""timeout_success_percent":10,"timeout_failure_percent":10"#
            setting.timings = { $0.hang = .milliseconds(300) }
            try await withShop(setting) { shop in
                var random = SeededGenerator(seed: seed)
                let payments = try await charge(8, at: shop, &random)
                try await shop.settle()
                for payment in payments { try await goOn(payment, at: shop, &random) }
                try await shop.settle()
                #expect(try shop.payments().allSatisfy { !$0.isInDoubt }, "seed \(seed)")
                let refunded = try shop.payments().map(\.amounts.refunded.minorUnits).reduce(0, +)
                let captured = try shop.payments().map(\.amounts.captured.minorUnits).reduce(0, +)
                let effects = try await shop.sandbox.effects()
                #expect(effects.filter { $0.kind == "captured" }.map(\.amount).reduce(0, +) == captured, "seed \(seed)")
                #expect(effects.filter { $0.kind == "refunded" }.map(\.amount).reduce(0, +) == refunded, "seed \(seed)")
                try await shop.expectSound()
            }
        }

        private func charge(_ count: Int, at shop: Shop, _ random: inout SeededGenerator) async throws -> [PaymentID] {
            var payments: [PaymentID] = []
            for _ in 0..<count {
                payments.append(
                    try await shop.charge(
                        "pm_approve", Int64.random(in: 100...10_000, using: &random),
                        capture: Bool.random(using: &random) ? .automatic : .manual))
            }
            return payments
        }

        private func goOn(_ payment: PaymentID, at shop: Shop, _ random: inout SeededGenerator) async throws {
            switch try shop.payment(payment).status {
            case .authorized where Bool.random(using: &random): _ = try await shop.capture(payment)
            case .authorized: _ = try await shop.void(payment)
            case .captured: _ = try await shop.refund(payment, Int64.random(in: 1...100, using: &random))
            default: break
            }
        }
    }
}
