import JSON
import Money
import Payments

/// A dispute as the sandbox writes it.
struct SandboxDispute {
    /// What it says has happened, oldest first. One that is closed was opened, and says so again with its fee: its closing may
    /// overtake its opening, and the fee is told nowhere else.
    let facts: [ProviderFact]

    /// Nil unless it is whole and of a status the sandbox documents.
    init?(_ json: JSONValue, origin: ProviderFact.Origin = .notification) {
        guard let status = json["status"]?.string, let id = json["id"]?.string.flatMap(ProviderReference.init),
            let payment = json["authorization"]?.string.flatMap(ProviderReference.init),
            let amount = Amount(sandbox: json, "amount"),
            let created = json["created"]?.string, let openedAt = Instant(text: created),
            let closedAt = Instant(text: json["closed"]?.string ?? created),
            let closing = Self.closing(status, amount)
        else { return nil }
        func fact(_ statement: ProviderFact.Statement, at moment: Instant) -> ProviderFact {
            ProviderFact(
                statement, paymentReference: payment, movementReference: id, operationReference: nil,
                occurredAt: moment, origin: origin)
        }
        let opening = fact(.chargebackOpened(amount, fee: Amount(sandbox: json, "fee")), at: openedAt)
        facts = [opening] + closing.map { fact($0, at: closedAt) }
    }

    /// Nothing while it is open; nil for a status nobody knows.
    private static func closing(_ status: String, _ amount: Amount) -> [ProviderFact.Statement]? {
        switch status {
        case "opened": []
        // The sandbox keeps its fee, whoever wins.
        case "won": [.chargebackWon(amount, feeReturned: nil)]
        case "lost": [.chargebackLost(amount)]
        default: nil
        }
    }
}
