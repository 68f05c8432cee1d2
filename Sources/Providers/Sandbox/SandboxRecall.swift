import JSON
import Money
import Payments

/// What the sandbox knows of a payment by its own name: the authorization with its operations, and the dispute there may be.
struct SandboxRecall {
    let authorization: ProviderHTTP.Outcome
    let disputes: ProviderHTTP.Outcome

    /// Only with both answers is it everything the sandbox can say.
    var reply: RecallReply {
        switch (authorization, disputes) {
        case (.answered(404, let body), _) where Self.parse(body)?["error"]?["code"]?.string == "not_found":
            return .notFound
        case (.answered(200, let payment), .answered(200, let disputes)):
            guard let payment = Self.parse(payment), let disputes = Self.parse(disputes)?["data"]?.array,
                let recalled = Self.payment(payment, disputes)
            else { return .unknown(why: "unreadable") }
            return .found(recalled)
        case (.answered(200, _), .answered(let status, _)), (.answered(let status, _), _):
            return .unknown(why: "status_\(status)")
        case (.notSent(let why), _), (.noAnswer(let why), _), (_, .notSent(let why)), (_, .noAnswer(let why)):
            return .unknown(why: why)
        }
    }

    /// Nil unless it is whole and as the sandbox documents it.
    private static func payment(_ json: JSONValue, _ disputes: [JSONValue]) -> RecalledPayment? {
        guard let amount = Amount(sandbox: json, "amount"), let operations = json["operations"]?.array,
            let method = json["payment_method"]?.string.flatMap(PaymentMethodToken.init),
            let mode = json["capture"]?.string.flatMap(CaptureMode.init(rawValue:)),
            var facts = SandboxFacts.ofOperations(operations, origin: .lookUp)
        else { return nil }
        for dispute in disputes {
            guard let told = SandboxDispute(dispute, origin: .lookUp) else { return nil }
            facts += told.facts
        }
        let final = operations.filter { $0["final"]?.bool == true }.compactMap { $0["id"]?.string }
        return RecalledPayment(
            reference: json["reference"]?.string, amount: amount, method: method, captureMode: mode, facts: facts,
            finalCaptures: Set(final.compactMap(ProviderReference.init)))
    }

    static func allowsInNames(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private static func parse(_ body: [UInt8]) -> JSONValue? { try? JSONValue(parsing: body) }
}
