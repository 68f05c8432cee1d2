import EventLog
import JSON
import Money
import Storage

/// A provider's word as events tell of it: the member `fact`. Where the payer has to go is not in it.
extension ProviderFact {
    static let field = EventField("fact", .object(fields), "what the provider said")

    private static let fields =
        [
            EventField("kind", .oneOf(FactKind.allCases.map(\.rawValue)), "what it is about"),
            EventField("origin", .oneOf(Origin.allCases.map(\.rawValue)), "how we learnt of it"),
        ] + EventField.amount(optional: true, "what it states") + [
            EventField("fee", .integer, optional: true, "the fee beside it, in minor units of `fee_currency`"),
            EventField("fee_currency", .text, optional: true, "the fee's currency, when it is not the amount's"),
            EventField("fee_exponent", .integer, optional: true, "with `fee_currency`: what its minor unit is"),
            .failure("failure", "why it did not succeed"),
            EventField("next_action", .text, optional: true, "what the payer has to do"),
            EventField("payment_reference", .text, optional: true, "the provider's name for the payment"),
            EventField("movement_reference", .text, optional: true, "the provider's name for the movement"),
            EventField("occurred_at", .instant, "the provider's time of it"),
        ]

    func write(to data: inout JSONWriter) {
        data.beginObject("fact")
        data.field("kind", kind.rawValue)
        data.field("origin", origin.rawValue)
        data.fields(amount)
        if let fee {
            data.field("fee", fee.minorUnits)
            if fee.currency != amount?.currency {
                data.field("fee_currency", fee.currency.description)
                data.field("fee_exponent", fee.currency.exponent)
            }
        }
        data.field("failure", ifPresent: failure)
        if case .actionRequired(let action) = statement { data.field("next_action", action.type.text) }
        data.field("payment_reference", ifPresent: paymentReference?.text)
        data.field("movement_reference", ifPresent: movementReference?.text)
        data.field("occurred_at", occurredAt.description)
        data.endObject()
    }

    /// - Parameter operationReference: Which command of ours it answers, where that stands elsewhere in the event.
    init(from data: inout JSONFields, operationReference: String? = nil) throws {
        var fields = try data.object("fact")
        let kind = try fields.logged("kind", FactKind.init(rawValue:))
        let origin = try fields.logged("origin", Origin.init(rawValue:))
        let amount = try fields.optionalLoggedAmount()
        let fee = try ProviderFact.fee(from: &fields, beside: amount)
        let failure = try fields.optionalLoggedFailure("failure")
        let action = try fields.optionalLogged("next_action") { AllowedText($0) }
        let statement = Statement(kind, amount: amount, fee: fee, failure: failure, nextAction: action)
        guard let statement else { throw fields.malformed("kind") }
        self.init(
            statement, paymentReference: try fields.optionalLogged("payment_reference", ProviderReference.init(_:)),
            movementReference: try fields.optionalLogged("movement_reference", ProviderReference.init(_:)),
            operationReference: operationReference,
            occurredAt: try fields.logged("occurred_at", Instant.init(text:)), origin: origin)
        try fields.finish()
    }

    private static func fee(from fields: inout JSONFields, beside amount: Amount?) throws -> Amount? {
        let fee = try fields.optionalInteger("fee")
        let code = try fields.optionalString("fee_currency", maxLength: AllowedText.lengthMax)
        let exponent = try fields.optionalInteger("fee_exponent")
        guard let fee else { return nil }
        guard let code, let exponent else { return amount.map { Amount(minorUnits: fee, currency: $0.currency) } }
        guard let exponent = Int(exactly: exponent), let currency = Currency(recorded: code, exponent: exponent) else {
            throw fields.malformed("fee_currency")
        }
        return Amount(minorUnits: fee, currency: currency)
    }
}

extension ProviderFact.Statement {
    /// The statement of a kind and what belongs to it; nil where that is missing.
    init?(_ kind: FactKind, amount: Amount?, fee: Amount?, failure: ProviderFailure?, nextAction: AllowedText?) {
        switch (kind, amount, failure) {
        case (.actionRequired, _, _): self = .actionRequired(.other(type: nextAction?.text ?? ""))
        case (.expired, _, _): self = .expired
        case (.voided, _, _): self = .voided
        case (.authorized, let amount?, _): self = .authorized(amount)
        case (.captured, let amount?, _): self = .captured(amount, fee: fee)
        case (.refunded, let amount?, _): self = .refunded(amount, fee: fee)
        case (.inquiryOpened, let amount?, _): self = .inquiryOpened(amount)
        case (.chargebackOpened, let amount?, _): self = .chargebackOpened(amount, fee: fee)
        case (.chargebackWon, let amount?, _): self = .chargebackWon(amount, feeReturned: fee)
        case (.chargebackLost, let amount?, _): self = .chargebackLost(amount)
        case (.declined, _, let failure?): self = .declined(failure)
        case (.failed, _, let failure?): self = .failed(failure)
        case (.voidFailed, _, let failure?): self = .voidFailed(failure)
        case (.captureFailed, _, let failure?): self = .captureFailed(failure)
        case (.refundFailed, _, let failure?): self = .refundFailed(failure)
        default: return nil
        }
    }
}
