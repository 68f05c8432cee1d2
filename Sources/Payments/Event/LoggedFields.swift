import EventLog
import JSON
import Money

/// Reading what our own events say back into the types it was written from.
extension JSONFields {
    /// A string that must parse.
    /// - Throws: `JSONFieldError`, or `EventRejection.malformed` naming the member.
    package mutating func logged<Value>(_ name: String, _ parse: (String) -> Value?) throws -> Value {
        let text = try string(name, maxLength: AllowedText.lengthMax)
        guard let value = parse(text) else { throw malformed(name) }
        return value
    }

    package mutating func optionalLogged<Value>(_ name: String, _ parse: (String) -> Value?) throws -> Value? {
        guard let text = try optionalString(name, maxLength: AllowedText.lengthMax) else { return nil }
        guard let value = parse(text) else { throw malformed(name) }
        return value
    }

    /// The amount in the members `amount`, `currency` and `exponent`; nil where there is none.
    package mutating func optionalLoggedAmount() throws -> Amount? {
        guard let minorUnits = try optionalInteger("amount") else { return nil }
        let code = try string("currency", maxLength: AllowedText.lengthMax)
        guard let exponent = Int(exactly: try integer("exponent")),
            let currency = Currency(recorded: code, exponent: exponent)
        else { throw malformed("currency") }
        return Amount(minorUnits: minorUnits, currency: currency)
    }

    package func malformed(_ name: String) -> EventRejection {
        .malformed(path.member(name).description)
    }
}
