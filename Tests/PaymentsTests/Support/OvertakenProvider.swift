import Payments
import Storage
import Synchronization

/// A provider whose answer to the first request is overtaken: things happen between its arrival and the answer.
final class OvertakenProvider: PaymentProvider {
    private let reply: ProviderReply
    private let meanwhile: @Sendable () async throws -> Void
    private let asked = Mutex<[ProviderCommand]>([])

    init(reply: ProviderReply, meanwhile: @escaping @Sendable () async throws -> Void) {
        self.reply = reply
        self.meanwhile = meanwhile
    }

    var capabilities: ProviderCapabilities { ProviderCapabilities() }
    var lookedUp: [ProviderCommand] { asked.withLock(\.self) }

    func submit(_ command: ProviderCommand) async -> ProviderReply {
        guard case .authorize = command.kind else { return .accepted(providerReference: nil) }
        do { try await meanwhile() } catch { return .unknown(why: "\(error)") }
        return reply
    }

    func lookUp(_ command: ProviderCommand) async -> LookUpReply {
        asked.withLock { $0.append(command) }
        return .unknown(why: "silent")
    }

    func recall(_ payment: ProviderReference) async -> RecallReply { .unknown(why: "silent") }

    func verifyNotification(
        headers: NotificationHeaders, body: [UInt8], secrets: [NotificationSecret], now: Instant
    ) throws(NotificationRejection) -> ProviderNotification {
        throw .signatureMismatch
    }
}
