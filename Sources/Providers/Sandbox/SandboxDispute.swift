import JSON
import Money
import Payments

/// A dispute as the sandbox writes it.
struct SandboxDispute {
    let fact: ProviderFact

    /// Nil unless it is whole and of a status the sandbox documents.
    init?(_ json: JSONValue) {
        guard let status = json["status"]?.string, let id = json["id"]?.string.flatMap(ProviderReference.init),
            let payment = json["authorization"]?.string.flatMap(ProviderReference.init),
            let amount = Amount(sandbox: json, "amount"),
            let time = json["closed"]?.string ?? json["created"]?.string, let occurredAt = Instant(text: time)
        else { return nil }
        let statement: ProviderFact.Statement
        switch status {
        case "opened": statement = .chargebackOpened(amount, fee: Amount(sandbox: json, "fee"))
        // The sandbox keeps its fee, whoever wins.
        case "won": statement = .chargebackWon(amount, feeReturned: nil)
        case "lost": statement = .chargebackLost(amount)
        default: return nil
        }
        fact = ProviderFact(
            statement, paymentReference: payment, movementReference: id, operationReference: nil,
            occurredAt: occurredAt, origin: .notification)
    }
}
