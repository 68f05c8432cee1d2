import JSON
import Money

/// Reading money: whole minor units beside a currency, and nothing that has to be guessed.
extension JSONFields {
    /// The currency named by a member.
    package mutating func currency(
        _ name: String = "currency", in registry: CurrencyRegistry
    ) throws -> Currency {
        try Self.currency(try string(name, maxLength: 16), registry, param: path.member(name).description)
    }

    package mutating func optionalCurrency(
        _ name: String = "currency", in registry: CurrencyRegistry
    ) throws -> Currency? {
        try optionalString(name, maxLength: 16).map {
            try Self.currency($0, registry, param: path.member(name).description)
        }
    }

    /// An amount of 1 or more in a currency already read.
    package mutating func amount(_ name: String = "amount", of currency: Currency) throws -> Amount {
        try positive(try integer(name), name, currency)
    }

    package mutating func optionalAmount(_ name: String = "amount", of currency: Currency) throws -> Amount? {
        try optionalInteger(name).map { try positive($0, name, currency) }
    }

    /// Minor units of 1 or more, where the currency is known only under the lock.
    package mutating func optionalMinorUnits(_ name: String = "amount") throws -> Int64? {
        guard let value = try optionalInteger(name) else { return nil }
        return try positive(value, name)
    }

    private func positive(_ value: Int64, _ name: String, _ currency: Currency) throws -> Amount {
        Amount(minorUnits: try positive(value, name), currency: currency)
    }

    private func positive(_ value: Int64, _ name: String) throws -> Int64 {
        let param = path.member(name).description
        guard value > 0 else { throw Problem(.amountNotPositive, "\(param) must be 1 or more", param: param) }
        return value
    }

    private static func currency(_ text: String, _ registry: CurrencyRegistry, param: String) throws -> Currency {
        do {
            return try registry.currency(text)
        } catch CurrencyError.withdrawn(let code, let since) {
            throw Problem(.currencyWithdrawn, "\(code) was withdrawn (\(since))", param: param)
        } catch {
            throw Problem(.currencyUnknown, param: param)
        }
    }
}

/// Reading texts that have a form of their own.
extension JSONFields {
    /// A member read by its type.
    /// - Parameter form: What is allowed, for the sentence that refuses another.
    package mutating func parsed<Value>(
        _ name: String, maxLength: Int = 255, _ form: String, _ read: (String) -> Value?
    ) throws -> Value {
        let text = try string(name, maxLength: maxLength)
        guard let value = read(text) else { throw invalid(name, form) }
        return value
    }

    package mutating func optionalParsed<Value>(
        _ name: String, maxLength: Int = 255, _ form: String, _ read: (String) -> Value?
    ) throws -> Value? {
        guard let text = try optionalString(name, maxLength: maxLength) else { return nil }
        guard let value = read(text) else { throw invalid(name, form) }
        return value
    }

    package func invalid(_ name: String, _ form: String) -> Problem {
        let param = path.member(name).description
        return Problem(.memberInvalid, "\(param) must be \(form)", param: param)
    }
}
