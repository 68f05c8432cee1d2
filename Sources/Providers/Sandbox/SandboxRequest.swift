import JSON
import Payments

/// A command as the sandbox takes it: where to, and what.
struct SandboxRequest {
    let path: String
    let body: [UInt8]

    /// Nil when the command changes a payment the provider has no name for yet.
    init?(_ command: ProviderCommand) {
        var json = JSONWriter()
        json.beginObject()
        switch command.kind {
        case .authorize(let token, let capture):
            path = "/v1/authorizations"
            json.field("amount", command.amount.minorUnits)
            json.field("currency", command.amount.currency.code.description)
            json.field("payment_method", token.text)
            json.field("capture", capture.rawValue)
        case .capture(let isFinal):
            guard let payment = command.paymentReference else { return nil }
            path = "/v1/authorizations/\(payment)/captures"
            json.field("amount", command.amount.minorUnits)
            json.field("final", isFinal)
        case .void:
            guard let payment = command.paymentReference else { return nil }
            path = "/v1/authorizations/\(payment)/void"
        case .refund:
            // The sandbox refunds a payment, whichever of its captures the money came from.
            guard let payment = command.paymentReference else { return nil }
            path = "/v1/authorizations/\(payment)/refunds"
            json.field("amount", command.amount.minorUnits)
        }
        json.field("reference", command.reference)
        json.endObject()
        body = json.takeBytes()
    }
}
