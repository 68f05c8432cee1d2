/// A JSON text as a tree of values, as RFC 8259 defines them.
///
/// Two things are kept that most trees lose: the exact text of numbers, so that no amount ever passes
/// through a floating-point type, and the order of an object's members, so that writing a value that was
/// read gives back the same members in the same order.
package enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

/// The six kinds of value RFC 8259 knows, for saying what was expected and what was found instead.
package enum JSONType: String, Hashable, Sendable, CustomStringConvertible {
    case null, bool, number, string, array, object

    package var description: String { rawValue }
}

extension JSONValue {
    package var type: JSONType {
        switch self {
        case .null: .null
        case .bool: .bool
        case .number: .number
        case .string: .string
        case .array: .array
        case .object: .object
        }
    }

    package static func integer(_ value: Int64) -> JSONValue { .number(JSONNumber(value)) }
}

/// Looking into a value whose shape is already known, such as a test vector or a provider's reply. What comes
/// from a caller is read with `JSONFields`, which says what is wrong instead of answering nil.
extension JSONValue {
    package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

    package var number: JSONNumber? { if case .number(let value) = self { value } else { nil } }

    /// The value as a whole number; nil if it is none or does not fit.
    package var integer: Int64? { number?.integer }

    package var string: String? { if case .string(let value) = self { value } else { nil } }

    package var array: [JSONValue]? { if case .array(let value) = self { value } else { nil } }

    package var object: JSONObject? { if case .object(let value) = self { value } else { nil } }

    package var isNull: Bool { self == .null }

    /// The member of that name, nil also where this is no object.
    package subscript(name: String) -> JSONValue? { object?[name] }
}
