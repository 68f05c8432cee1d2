import JSON
import Payments

/// What came back from the sandbox, and what it means for the command.
struct SandboxReply {
    private let outcome: ProviderHTTP.Outcome

    init(_ outcome: ProviderHTTP.Outcome) {
        self.outcome = outcome
    }

    /// - Parameter now: The time of a refusal, which the sandbox does not date.
    func reply(to command: ProviderCommand, at now: Instant) -> ProviderReply {
        switch outcome {
        case .notSent(let why): .unavailable(ProviderFailure(.providerUnavailable, rawCode: why))
        case .noAnswer(let why): .unknown(why: why)
        case .answered(let status, let body): reply(to: command, status: status, json: Self.parse(body), at: now)
        }
    }

    var lookUpReply: LookUpReply {
        switch outcome {
        case .notSent(let why), .noAnswer(let why): return .unknown(why: why)
        case .answered(200, let body):
            guard let operations = Self.parse(body)?["data"]?.array else { return .unknown(why: "unreadable") }
            if operations.isEmpty { return .notFound }
            guard let facts = SandboxFacts.ofOperations(operations, origin: .lookUp) else {
                return .unknown(why: "unreadable")
            }
            return .found(facts)
        case .answered(let status, _): return .unknown(why: "status_\(status)")
        }
    }

    private func reply(
        to command: ProviderCommand, status: UInt, json: JSONValue?, at now: Instant
    ) -> ProviderReply {
        let code = json?["error"]?["code"]?.string ?? "status_\(status)"
        switch status {
        case 200..<300: return outcome(json)
        case 401, 403, 429: return .unavailable(ProviderFailure(.providerUnavailable, rawCode: code))
        // Our key stands for another request there: what that one did is not known here.
        case 422 where code == "idempotency_key_reused": return .unknown(why: code)
        // Refused before anything was done. Without the sandbox's own code it is somebody else's answer.
        case 400..<500 where json?["error"] != nil:
            return .facts([SandboxFacts.refusal(of: command, code: code, at: now)])
        default: return .unknown(why: code)
        }
    }

    private func outcome(_ json: JSONValue?) -> ProviderReply {
        guard let json, let operations = json["operations"]?.array ?? (json["object"] == nil ? nil : [json]),
            let facts = SandboxFacts.ofOperations(operations, origin: .reply)
        else { return .unknown(why: "unreadable") }
        guard facts.isEmpty else { return .facts(facts) }
        return .accepted(providerReference: json["id"]?.string.flatMap(ProviderReference.init))
    }

    private static func parse(_ body: [UInt8]) -> JSONValue? {
        try? JSONValue(parsing: body)
    }
}
