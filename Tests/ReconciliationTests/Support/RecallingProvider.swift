import Money
import Payments
import Storage
import SummaTestKit
import Synchronization
import Testing

@testable import Reconciliation

/// A provider that remembers what the books have forgotten.
final class RecallingProvider: PaymentProvider {
    private struct Memory {
        var payments: [ProviderReference: RecalledPayment] = [:]
        var asked: [String] = []
    }

    private let memory = Mutex(Memory())

    var capabilities: ProviderCapabilities { ProviderCapabilities() }
    /// The names it was asked about, in order.
    var asked: [String] { memory.withLock(\.asked) }

    /// A payment it authorized, and captured with the charge where the capture has a name.
    func knows(_ name: String, _ amount: Amount, capture: String? = nil, command: Int64, at moment: Instant) {
        guard let name = ProviderReference(name), let method = PaymentMethodToken("pm_approve") else { return }
        let reference = ProviderCommandID(rawValue: command).description
        func fact(_ statement: ProviderFact.Statement, _ movement: String?) -> ProviderFact {
            ProviderFact(
                statement, paymentReference: name, movementReference: movement.flatMap { ProviderReference($0) },
                operationReference: reference, occurredAt: moment, origin: .lookUp)
        }
        let captures = capture.map { fact(.captured(amount, fee: nil), $0) }
        let payment = RecalledPayment(
            reference: reference, amount: amount, method: method, captureMode: capture == nil ? .manual : .automatic,
            facts: [fact(.authorized(amount), nil)] + [captures].compactMap(\.self))
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
    func recovery(by provider: some PaymentProvider, pageCount: Int = 64) throws -> RecoverForgotten {
        RecoverForgotten(database: store.database, payments: try recovering(by: provider), pageCount: pageCount)
    }

    private func recovering(by provider: some PaymentProvider) throws -> RecoverPayment {
        let key = try #require(InstallationKey(bytes: [UInt8](repeating: 1, count: InstallationKey.byteCount)))
        let directory = ProviderDirectory(
            database: store.database, connections: ProviderConnectionStore(key), make: { _ in provider })
        let outcomes = RecordProviderOutcome(
            database: store.database, texts: PrivateTextStore(key), random: CountingBytes())
        return RecoverPayment(database: store.database, directory: directory, outcomes: outcomes)
    }
}
