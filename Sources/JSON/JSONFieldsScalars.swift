/// Integers, strings and booleans.
extension JSONFields {
    /// A whole number, written as a number or as a string of digits: not every caller's language can hold 64 bits
    /// in a JSON number. `1.0`, `1e3`, `"+1"` and `"007"` are refused: money is not guessed.
    package mutating func integer(_ name: String) throws(JSONFieldError) -> Int64 {
        try integer(try required(name), name)
    }

    package mutating func optionalInteger(_ name: String) throws(JSONFieldError) -> Int64? {
        guard let value = optional(name) else { return nil }
        return try integer(value, name)
    }

    private func integer(_ value: JSONValue, _ name: String) throws(JSONFieldError) -> Int64 {
        let text: String
        switch value {
        case .number(let number): text = number.text
        case .string(let digits): text = digits
        default: throw wrongType(name, .number, value)
        }
        switch JSONNumber.integer(text) {
        case .integer(let value): return value
        case .notAnInteger: throw .notAnInteger(path.member(name))
        case .outOfRange: throw .integerOutOfRange(path.member(name))
        }
    }

    /// A string of at most `maxLength` Unicode scalars. Scalars are counted, not what a person sees as characters:
    /// one of those may be made of any number of bytes.
    package mutating func string(_ name: String, maxLength: Int) throws(JSONFieldError) -> String {
        try string(try required(name), name, maxLength: maxLength)
    }

    package mutating func optionalString(_ name: String, maxLength: Int) throws(JSONFieldError) -> String? {
        guard let value = optional(name) else { return nil }
        return try string(value, name, maxLength: maxLength)
    }

    private func string(_ value: JSONValue, _ name: String, maxLength: Int) throws(JSONFieldError) -> String {
        guard case .string(let text) = value else { throw wrongType(name, .string, value) }
        guard JSONFields.fits(text, maxLength) else { throw .tooLong(path.member(name), max: maxLength) }
        return text
    }

    static func fits(_ text: String, _ maxLength: Int) -> Bool {
        text.utf8.count <= maxLength || text.unicodeScalars.count <= maxLength
    }

    package mutating func bool(_ name: String) throws(JSONFieldError) -> Bool {
        try bool(try required(name), name)
    }

    package mutating func optionalBool(_ name: String) throws(JSONFieldError) -> Bool? {
        guard let value = optional(name) else { return nil }
        return try bool(value, name)
    }

    private func bool(_ value: JSONValue, _ name: String) throws(JSONFieldError) -> Bool {
        guard case .bool(let flag) = value else { throw wrongType(name, .bool, value) }
        return flag
    }
}
