import EventLog
import JSON
import Money

/// Amounts in events of payments: the members `amount`, `currency` and `exponent` of one object.
extension JSONWriter {
    mutating func fields(_ amount: Amount?) {
        guard let amount else { return }
        field("amount", amount.minorUnits)
        field("currency", amount.currency.description)
        field("exponent", amount.currency.exponent)
    }

    /// An object of the two members of a failure, or nothing.
    mutating func field(_ name: StaticString, ifPresent failure: ProviderFailure?) {
        guard let failure else { return }
        beginObject(name)
        field("reason", failure.reason.rawValue)
        if !failure.rawCode.isEmpty { field("code", failure.rawCode) }
        endObject()
    }
}

extension JSONFields {
    mutating func loggedAmount() throws -> Amount {
        guard let amount = try optionalLoggedAmount() else { throw malformed("amount") }
        return amount
    }

    mutating func optionalLoggedFailure(_ name: String) throws -> ProviderFailure? {
        guard var fields = try optionalObject(name) else { return nil }
        let reason = try fields.logged("reason", DeclineReason.init(rawValue:))
        let code = try fields.optionalString("code", maxLength: ProviderFailure.rawCodeLengthMax)
        try fields.finish()
        return ProviderFailure(reason, rawCode: code ?? "")
    }

    mutating func optionalLoggedHash(_ name: String) throws -> SaltedHash? {
        try optionalLogged(name, SaltedHash.init(text:))
    }
}

extension EventField {
    /// The three members of an amount.
    static func amount(optional: Bool = false, _ meaning: String) -> [EventField] {
        [
            EventField("amount", .integer, optional: optional, "\(meaning), in minor units"),
            EventField("currency", .text, optional: optional, "the amount's currency"),
            EventField(
                "exponent", .integer, optional: optional, "digits after the point: what the amount's minor unit is"),
        ]
    }

    static func failure(_ name: String, _ meaning: String) -> EventField {
        EventField(
            name,
            .object([
                EventField("reason", .oneOf(DeclineReason.allCases.map(\.rawValue)), "as callers read it"),
                EventField("code", .text, optional: true, "the provider's own code"),
            ]), optional: true, meaning)
    }
}

/// An amount as an object of its own.
extension JSONWriter {
    mutating func field(_ name: StaticString, ifPresent amount: Amount?) {
        guard let amount else { return }
        beginObject(name)
        fields(amount)
        endObject()
    }
}

extension JSONFields {
    mutating func optionalLoggedAmount(in name: String) throws -> Amount? {
        guard var fields = try optionalObject(name) else { return nil }
        let amount = try fields.loggedAmount()
        try fields.finish()
        return amount
    }
}
