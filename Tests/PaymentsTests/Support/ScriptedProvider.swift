import Payments
import Storage
import Synchronization

/// A provider of a test's own making: it says what it was told to say, and keeps what it was asked.
final class ScriptedProvider: PaymentProvider {
    private struct Script {
        var replies: [ProviderReply] = []
        var lookUps: [LookUpReply] = []
        var submitted: [ProviderCommand] = []
        var lookedUp: [ProviderCommand] = []
        var recalls: [RecallReply] = []
        var notifications: [Result<ProviderNotification, NotificationRejection>] = []
    }

    private let script = Mutex(Script())

    var capabilities: ProviderCapabilities { ProviderCapabilities() }
    var submitted: [ProviderCommand] { script.withLock { $0.submitted } }
    var lookedUp: [ProviderCommand] { script.withLock { $0.lookedUp } }

    /// What the next commands are answered; when all is said, that it was accepted.
    func reply(_ replies: ProviderReply...) { script.withLock { $0.replies += replies } }

    /// What the next questions are answered; when all is said, that nothing is known.
    func answerLookUps(_ replies: LookUpReply...) { script.withLock { $0.lookUps += replies } }

    /// What the next questions about payments of its own names are answered; when all is said, that it could not be asked.
    func answerRecalls(_ replies: RecallReply...) { script.withLock { $0.recalls += replies } }

    /// What the next notifications are taken for.
    func hear(_ notifications: Result<ProviderNotification, NotificationRejection>...) {
        script.withLock { $0.notifications += notifications }
    }

    func submit(_ command: ProviderCommand) async -> ProviderReply {
        script.withLock { script in
            script.submitted.append(command)
            return script.replies.isEmpty ? .accepted(providerReference: nil) : script.replies.removeFirst()
        }
    }

    func lookUp(_ command: ProviderCommand) async -> LookUpReply {
        script.withLock { script in
            script.lookedUp.append(command)
            return script.lookUps.isEmpty ? .unknown(why: "silent") : script.lookUps.removeFirst()
        }
    }

    func recall(_ payment: ProviderReference) async -> RecallReply {
        script.withLock { $0.recalls.isEmpty ? .unknown(why: "silent") : $0.recalls.removeFirst() }
    }

    func verifyNotification(
        headers: NotificationHeaders, body: [UInt8], secrets: [NotificationSecret], now: Instant
    ) throws(NotificationRejection) -> ProviderNotification {
        let next = script.withLock { $0.notifications.isEmpty ? nil : $0.notifications.removeFirst() }
        guard let next else { throw .signatureMismatch }
        return try next.get()
    }
}
