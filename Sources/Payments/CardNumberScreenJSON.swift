import JSON

/// Screening what came as JSON: strings after their escapes are resolved, member names, and numbers, which is how a
/// careless program sends a card number. The text itself must not be screened: the `n` of an escaped line break would
/// hide the digits behind it.
extension CardNumberScreen {
    package static func containsCardNumber(_ value: JSONValue) -> Bool {
        switch value {
        case .null, .bool: false
        case .number(let number): containsCardNumber(number.text)
        case .string(let text): containsCardNumber(text)
        case .array(let elements): elements.contains { containsCardNumber($0) }
        case .object(let object):
            object.members.contains { containsCardNumber($0.name) || containsCardNumber($0.value) }
        }
    }

    /// The value with every card number masked; a number that was one becomes a string.
    package static func masked(_ value: JSONValue) -> (value: JSONValue, found: Bool) {
        containsCardNumber(value) ? (masking(value), true) : (value, false)
    }

    private static func masking(_ value: JSONValue) -> JSONValue {
        switch value {
        case .null, .bool: return value
        case .number(let number):
            let (text, found) = masked(number.text)
            return found ? .string(text) : value
        case .string(let text): return .string(masked(text).text)
        case .array(let elements): return .array(elements.map(masking))
        case .object(let object): return masking(object)
        }
    }

    private static func masking(_ object: JSONObject) -> JSONValue {
        var names: Set<String> = []
        let members = object.members.map { member in
            var name = masked(member.name).text
            // Two names may differ in nothing but the digits that are hidden.
            while !names.insert(name).inserted { name += "*" }
            return JSONMember(name: name, value: masking(member.value))
        }
        return JSONObject(members).map(JSONValue.object) ?? .null
    }
}
