import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Synchronization
import Testing

@testable import Reconciliation

@Suite("Recovering what a file names and the books have forgotten")
struct RecoverForgottenTests {
    private let provider = RecallingProvider()

    private func recover(_ stage: ReconciliationStage, _ payments: [String]? = nil) async throws -> Recovery {
        let recovering = try stage.recovery(by: provider)
        return try await recovering.run(
            .init(
                book: .first, providerAccount: ReconciliationStage.sandbox,
                payments: payments?.compactMap { ProviderReference($0) }, context: stage.context))
    }

    @Test("explains the line: the payment is there again, and its money leaves suspense")
    func explained() async throws {
        let stage = try await ReconciliationStage()
        provider.knows("auth_1", .eur(1_000), capture: "cap_1", command: 1 << 60, at: stage.store.clock.now)
        try await stage.take([try .charge("cap_1", .eur(1_000))])
        #expect(try stage.onlyBreak().row.kind == .missingHere)
        #expect(try stage.posted("suspense:sandbox:EUR") == 961)

        let first = try await recover(stage)
        #expect(first.counts == [.recovered: 1] && first.unexplainedLineCount == 0)
        #expect(try stage.breaks().isEmpty)
        #expect(try stage.breaks(nil).map(\.row.resolution) == [.found])
        #expect(try stage.posted("suspense:sandbox:EUR") == 0)
        #expect(try stage.posted("provider:sandbox:receivable:EUR") == 0)
        #expect(try stage.posted("merchant:acme:payable:EUR") == 1_000)
        #expect(try stage.payment(PaymentID(rawValue: 1 << 60)).settlement == .full)
        try stage.expectSound()

        #expect(try await recover(stage).counts == [:])
        try stage.expectSound()
    }

    @Test(
        "leaves a line to people that the provider knows nothing of either, and asks once for a payment of many lines")
    func unknown() async throws {
        let stage = try await ReconciliationStage()
        var refund = try SettlementText.Item.charge("rfd_1", .eur(1_000))
        refund.type = "refund"
        refund.gross = .eur(-300)
        refund.fee = .eur(0)
        try await stage.take([try .charge("cap_1", .eur(1_000)), refund])
        let recovery = try await recover(stage)
        #expect(recovery.counts == [.unknownThere: 1] && recovery.unexplainedLineCount == 2)
        #expect(provider.asked == ["auth_1"])
        #expect(try stage.breaks().count == 2)
        try stage.expectSound()
    }

    @Test("asks about the promises the books believe in, and about nothing else when it is told what to ask about")
    func promises() async throws {
        let stage = try await ReconciliationStage()
        let payment = try await stage.captured(.eur(500), "cap_9")
        #expect(try await recover(stage).counts == [:])
        #expect(try await recover(stage, ["auth_7", "auth_8"]).counts == [.unknownThere: 2])
        #expect(provider.asked.sorted() == ["auth_7", "auth_8"])
        #expect(try stage.payment(payment).status == .captured)
    }

    @Test("refuses a provider account that is not there")
    func noAccount() async throws {
        let stage = try await ReconciliationStage()
        let recovering = try stage.recovery(by: provider)
        await #expect(throws: RequestRejection(.charge, .unknownProviderAccount)) {
            try await recovering.run(
                .init(
                    book: .first, providerAccount: ReconciliationExample.segment("nobody"), context: stage.context))
        }
    }
}

/// A provider that remembers what the books have forgotten.
private final class RecallingProvider: PaymentProvider {
    private struct Memory {
        var payments: [ProviderReference: RecalledPayment] = [:]
        var asked: [String] = []
    }

    private let memory = Mutex(Memory())

    var capabilities: ProviderCapabilities { ProviderCapabilities() }
    /// The names it was asked about, in order.
    var asked: [String] { memory.withLock(\.asked) }

    /// A payment it captured with the charge.
    func knows(_ name: String, _ amount: Amount, capture: String, command: Int64, at moment: Instant) {
        guard let name = ProviderReference(name), let method = PaymentMethodToken("pm_approve") else { return }
        let reference = ProviderCommandID(rawValue: command).description
        func fact(_ statement: ProviderFact.Statement, _ movement: String?) -> ProviderFact {
            ProviderFact(
                statement, paymentReference: name, movementReference: movement.flatMap { ProviderReference($0) },
                operationReference: reference, occurredAt: moment, origin: .lookUp)
        }
        let payment = RecalledPayment(
            reference: reference, amount: amount, method: method, captureMode: .automatic,
            facts: [fact(.authorized(amount), nil), fact(.captured(amount, fee: nil), capture)])
        memory.withLock { $0.payments[name] = payment }
    }

    func recall(_ payment: ProviderReference) async -> RecallReply {
        memory.withLock { memory in
            memory.asked.append(payment.text)
            return memory.payments[payment].map { .found($0) } ?? .notFound
        }
    }

    func submit(_ command: ProviderCommand) async -> ProviderReply { .unknown(why: "silent") }

    func lookUp(_ command: ProviderCommand) async -> LookUpReply { .unknown(why: "silent") }

    func verifyNotification(
        headers: NotificationHeaders, body: [UInt8], secrets: [NotificationSecret], now: Instant
    ) throws(NotificationRejection) -> ProviderNotification {
        throw .signatureMismatch
    }
}

extension ReconciliationStage {
    fileprivate func recovery(by provider: some PaymentProvider) throws -> RecoverForgotten {
        RecoverForgotten(database: store.database, payments: try recovering(by: provider))
    }

    fileprivate func recovering(by provider: some PaymentProvider) throws -> RecoverPayment {
        let key = try #require(InstallationKey(bytes: [UInt8](repeating: 1, count: InstallationKey.byteCount)))
        let directory = ProviderDirectory(
            database: store.database, connections: ProviderConnectionStore(key), make: { _ in provider })
        let outcomes = RecordProviderOutcome(
            database: store.database, texts: PrivateTextStore(key), random: CountingBytes())
        return RecoverPayment(database: store.database, directory: directory, outcomes: outcomes)
    }
}
