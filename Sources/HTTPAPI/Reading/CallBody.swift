import JSON
import Payments

/// Reading a body.
extension Call {
    /// The members of the body, to be taken one by one and finished. No text in it is a card number or holds U+0000.
    package func fields() throws -> JSONFields {
        let value = try JSONValue(parsing: body)
        try ZeroCharacterRefusal.check(value, in: body)
        try CardNumberRefusal.check(value, at: .root)
        return try JSONFields(value)
    }

    /// The same where the body may be left out: then there are no members.
    package func optionalFields() throws -> JSONFields {
        guard !body.isEmpty else { return try JSONFields(JSONValue(parsing: "{}")) }
        return try fields()
    }
}

/// Refuses card numbers before anything is stored, logged or told back.
enum CardNumberRefusal {
    /// Members that are read as whole numbers and kept as such, even when written as a string of digits: one large amount
    /// in ten would satisfy a check digit.
    private static let amounts: Set = ["amount", "platform_fee", "floor", "ceiling"]
    /// Where names are the caller's own, and an amount is a text like any other.
    private static let free: Set = ["metadata"]

    /// Looks at every text of a body, the names of members included.
    static func check(_ value: JSONValue, at path: JSONPath, isFree: Bool = false) throws {
        switch value {
        case .string(let text): try check(text, param: path.description)
        // A careless program sends a card number as a number.
        case .number(let number): try check(number.text, param: path.description)
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                try check(element, at: path.element(index), isFree: isFree)
            }
        case .object(let object):
            for member in object.members {
                // The name itself is not told back: it may be the number.
                try check(member.name, param: path.description)
                guard isFree || !amounts.contains(member.name) else { continue }
                try check(
                    member.value, at: path.member(member.name), isFree: isFree || free.contains(member.name))
            }
        case .null, .bool: break
        }
    }

    /// - Parameter param: What the text is; spelt out only where it has to be told.
    static func check(_ text: String, param: @autoclosure () -> String) throws {
        guard CardNumberScreen.containsCardNumber(text) else { return }
        let param = param()
        throw Problem(.cardNumberRefused, param: param.isEmpty ? nil : param)
    }
}
