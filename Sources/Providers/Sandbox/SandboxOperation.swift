import JSON
import Money
import Payments

/// An operation as the sandbox writes it.
struct SandboxOperation {
    let object: String
    let status: String
    private let id: ProviderReference
    private let payment: ProviderReference
    private let reference: String?
    private let amount: Amount
    private let failure: ProviderFailure
    private let nextAction: NextAction?
    private let occurredAt: Instant

    /// What it says has happened, oldest first; nothing while it is open.
    let statements: [ProviderFact.Statement]

    /// Nil unless it is whole and of a kind and status the sandbox documents.
    init?(_ json: JSONValue) {
        guard let object = json["object"]?.string, let status = json["status"]?.string,
            let id = json["id"]?.string.flatMap(ProviderReference.init),
            let payment = json["authorization"]?.string.flatMap(ProviderReference.init),
            let amount = Amount(sandbox: json, "amount"),
            let time = json["finished"]?.string ?? json["created"]?.string, let occurredAt = Instant(text: time)
        else { return nil }
        self.object = object
        self.status = status
        self.id = id
        self.payment = payment
        self.amount = amount
        self.occurredAt = occurredAt
        reference = json["reference"]?.string
        failure = SandboxDeclineCodes.failure(json["decline"])
        nextAction = json["next_action"].map(NextAction.init(sandbox:))
        guard let statements = Self.statements(object, status, amount, failure, nextAction) else { return nil }
        self.statements = statements
    }

    func fact(_ statement: ProviderFact.Statement, origin: ProviderFact.Origin) -> ProviderFact {
        ProviderFact(
            statement, paymentReference: payment,
            movementReference: object == "capture" || object == "refund" ? id : nil, operationReference: reference,
            occurredAt: occurredAt, origin: origin)
    }

    private static func statements(
        _ object: String, _ status: String, _ amount: Amount, _ failure: ProviderFailure, _ action: NextAction?
    ) -> [ProviderFact.Statement]? {
        switch (object, status) {
        case (_, "pending"): []
        case ("authorization", "action_required"): action.map { [.actionRequired($0)] }
        case ("authorization", "succeeded"): [.authorized(amount)]
        case ("authorization", "declined"): [.declined(failure)]
        case ("authorization", "failed"): [.failed(failure)]
        case ("authorization", "expired"): [.authorized(amount), .expired]
        case ("capture", "succeeded"): [.captured(amount, fee: nil)]
        case ("capture", "declined"), ("capture", "failed"): [.captureFailed(failure)]
        case ("void", "succeeded"): [.voided]
        case ("void", "declined"), ("void", "failed"): [.voidFailed(failure)]
        case ("refund", "succeeded"): [.refunded(amount, fee: nil)]
        // What is returned has succeeded before, and both stand in the file; the word of the success may have been lost.
        case ("refund", "failed") where failure.rawCode == SandboxDeclineCodes.refundReturned:
            [.refunded(amount, fee: nil), .refundFailed(failure)]
        case ("refund", "declined"), ("refund", "failed"): [.refundFailed(failure)]
        default: nil
        }
    }
}

extension NextAction {
    fileprivate init(sandbox json: JSONValue) {
        if json["type"]?.string == "redirect", let url = json["url"]?.string {
            self = .redirect(url: url)
        } else {
            self = .other(type: json["type"]?.string ?? "")
        }
    }
}

extension Amount {
    /// Minor units in a member, beside their currency. Nil for an amount below one or a currency not in ISO 4217.
    init?(sandbox json: JSONValue, _ name: String) {
        guard let minorUnits = json[name]?.integer, minorUnits > 0, let code = json["currency"]?.string,
            let currency = try? Currency(code)
        else { return nil }
        self.init(minorUnits: minorUnits, currency: currency)
    }
}
