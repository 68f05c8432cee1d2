import Money
import Payments
import Providers
import SummaTestKit
import Testing

@Suite("Asking the sandbox for a payment by its own name")
struct SandboxRecallTests {
    private func recalled(_ reply: RecallReply) throws -> RecalledPayment {
        guard case .found(let payment) = reply else { throw NotFound(reply: reply) }
        return payment
    }

    private struct NotFound: Error { let reply: RecallReply }

    @Test("tells all of it: what was asked for, and everything that happened since, under our references")
    func whole() async throws {
        try await withProvider { test in
            let charge = try test.authorize(with: "pm_approve", .eur(1_000), id: 7)
            _ = await test.provider.submit(charge)
            let name = try await test.payment(of: charge)
            let capture = test.command(.capture(isFinal: true), .eur(600), of: name, id: 8)
            _ = await test.provider.submit(capture)
            _ = await test.provider.submit(test.command(.refund(capture: nil), .eur(100), of: name, id: 9))

            let payment = try recalled(await test.provider.recall(name))
            #expect(payment.reference == charge.reference && payment.amount == .eur(1_000))
            #expect(payment.method == PaymentMethodToken("pm_approve") && payment.captureMode == .manual)
            #expect(
                payment.facts.map(\.statement)
                    == [.authorized(.eur(1_000)), .captured(.eur(600), fee: nil), .refunded(.eur(100), fee: nil)])
            #expect(payment.facts.map(\.operationReference) == [7, 8, 9].map { test.command(.void, id: $0).reference })
            #expect(payment.facts.allSatisfy { $0.origin == .lookUp && $0.paymentReference == name })
            #expect(payment.finalCaptures == Set([payment.facts[1].movementReference].compactMap(\.self)))
        }
    }

    @Test("tells of a dispute, too: its callback is not sent again")
    func disputed() async throws {
        try await withProvider { test in
            let charge = try test.authorize(with: "pm_chargeback_open", capture: .automatic, id: 7)
            _ = await test.provider.submit(charge)
            let name = try await test.payment(of: charge)
            var statements: [ProviderFact.Statement] = []
            for _ in 0..<200 where statements.count < 3 {
                statements = try recalled(await test.provider.recall(name)).facts.map(\.statement)
                try await Task.sleep(for: .milliseconds(50))
            }
            #expect(statements.last == .chargebackOpened(.eur(1_000), fee: .eur(1_500)))
        }
    }

    @Test(
        "has no payment of a name it never gave, and none of one that could lead elsewhere",
        arguments: ["auth_1", "../operations", "a/b"])
    func unknown(name: String) async throws {
        try await withProvider { test in
            let name = try #require(ProviderReference(name))
            #expect(await test.provider.recall(name) == .notFound)
        }
    }

    @Test("says that it does not know where it could not ask, or was not let in")
    func unanswered() async throws {
        try await withProvider { test in
            try await withStranger(to: test.address) { stranger in
                let name = try #require(ProviderReference("auth_1"))
                #expect(await stranger.recall(name) == .unknown(why: "status_401"))
            }
        }
    }
}
