import Storage

/// Takes the parameters one wants from a query, and refuses the rest: a misspelt filter must not show everything.
package struct QueryFields: Sendable {
    private var values: [(name: String, value: String, isTaken: Bool)] = []

    /// - Throws: `Problem` for a text that is not percent-encoded UTF-8, a name given twice, or a card number.
    init(_ query: Substring) throws {
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decode(parts[0], plusIsSpace: true),
                let value = PercentEncoding.decode(parts.count > 1 ? parts[1] : "", plusIsSpace: true)
            else { throw Problem(.parameterInvalid, "the query is not percent-encoded UTF-8") }
            guard !ZeroCharacterRefusal.holds(name + value) else {
                throw Problem(.parameterInvalid, "no parameter may hold the character U+0000")
            }
            try CardNumberRefusal.check(name, param: "")
            try CardNumberRefusal.check(value, param: name)
            guard !values.contains(where: { $0.name == name }) else {
                throw Problem(.parameterInvalid, "the parameter is given twice", param: Self.shown(name))
            }
            values.append((name, value, false))
        }
    }

    /// The text of a parameter; nil when it is not there or empty.
    package mutating func text(_ name: String) -> String? {
        guard let index = values.firstIndex(where: { $0.name == name }) else { return nil }
        values[index].isTaken = true
        return values[index].value.isEmpty ? nil : values[index].value
    }

    /// A parameter read by its type; nil when it is not there.
    /// - Parameter form: What is allowed, for the sentence that refuses another.
    package mutating func value<Value>(
        _ name: String, _ form: String, _ read: (String) -> Value?
    ) throws(Problem) -> Value? {
        guard let text = text(name) else { return nil }
        guard let value = read(text) else { throw Problem(.parameterInvalid, "\(name) must be \(form)", param: name) }
        return value
    }

    package mutating func integer(_ name: String) throws(Problem) -> Int64? {
        try value(name, "a whole number of 0 or more") { Int64(plainDigits: $0) }
    }

    package mutating func required<Value>(
        _ name: String, _ form: String, _ read: (String) -> Value?
    ) throws(Problem) -> Value {
        guard let value = try value(name, form, read) else {
            throw Problem(.parameterMissing, "\(name) is missing", param: name)
        }
        return value
    }

    /// Refuses the first parameter that nobody asked for.
    package func finish() throws(Problem) {
        guard let unknown = values.first(where: { !$0.isTaken }) else { return }
        throw Problem(.parameterUnknown, param: Self.shown(unknown.name))
    }

    /// A stranger chose the name: what is told back is bounded.
    private static func shown(_ name: String) -> String { String(name.unicodeScalars.prefix(64)) }
}

extension Call {
    package func queryFields() throws -> QueryFields { try QueryFields(query) }
}

extension Int64 {
    /// Reads `0` or digits without a leading zero, at most 2^63 − 1; nil for anything else.
    init?(plainDigits text: String) {
        guard text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }), let value = Int64(text),
            text == "0" || text.utf8.first != UInt8(ascii: "0")
        else { return nil }
        self = value
    }
}
