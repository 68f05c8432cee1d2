import JSON
import Money
import Payments

/// What the sandbox says, as facts. Nil where it says something its documentation does not have: then nothing is believed.
enum SandboxFacts {
    /// The facts of operations, oldest first; none for one that is still open.
    static func ofOperations(_ operations: [JSONValue], origin: ProviderFact.Origin) -> [ProviderFact]? {
        var facts: [ProviderFact] = []
        for operation in operations {
            guard let wire = SandboxOperation(operation) else { return nil }
            facts += wire.statements.map { wire.fact($0, origin: origin) }
        }
        return facts
    }

    /// The facts of one event.
    static func ofEvent(_ event: JSONValue) -> [ProviderFact]? {
        guard let type = event["type"]?.string, let data = event["data"] else { return nil }
        if type.hasPrefix("dispute.") { return SandboxDispute(data)?.facts }
        guard let operation = SandboxOperation(data), type == "\(operation.object).\(operation.status)" else {
            return nil
        }
        // An expiry is told when it happens; that there was a promise was told before.
        let statements = operation.status == "expired" ? [.expired] : operation.statements
        return statements.map { operation.fact($0, origin: .notification) }
    }

    /// The fact that a command was refused and certainly had no effect.
    static func refusal(of command: ProviderCommand, code: String, at now: Instant) -> ProviderFact {
        let failure = ProviderFailure(SandboxDeclineCodes.reason(of: code), rawCode: code)
        let statement: ProviderFact.Statement =
            switch command.kind {
            case .authorize: .failed(failure)
            case .capture: .captureFailed(failure)
            case .void: .voidFailed(failure)
            case .refund: .refundFailed(failure)
            }
        return ProviderFact(
            statement, paymentReference: command.paymentReference, operationReference: command.reference,
            occurredAt: now, origin: .reply)
    }
}
