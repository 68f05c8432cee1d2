/// Takes the members one wants from an object, and refuses the rest.
///
/// ```swift
/// var fields = try JSONFields(value)
/// let amount = try fields.integer("amount")
/// let currency = try fields.string("currency", maxLength: 3)
/// let reference = try fields.optionalString("reference", maxLength: 64)
/// try fields.finish()  // anything else in the object is an error that names it
/// ```
/// Errors come in the order the members are asked for, so the same body always gets the same answer.
/// An optional member that is null counts as absent; a required one that is null is of the wrong type.
package struct JSONFields: Sendable {
    package let path: JSONPath
    private let object: JSONObject
    /// Which members have been asked for, by position.
    private var taken: [Bool]

    package init(_ object: JSONObject, at path: JSONPath = .root) {
        self.object = object
        self.path = path
        taken = Array(repeating: false, count: object.count)
    }

    package init(_ value: JSONValue, at path: JSONPath = .root) throws(JSONFieldError) {
        guard case .object(let object) = value else {
            throw .wrongType(path, expected: .object, found: value.type)
        }
        self.init(object, at: path)
    }

    /// Refuses the first member that nobody asked for.
    package func finish() throws(JSONFieldError) {
        guard let position = taken.firstIndex(of: false) else { return }
        throw .unknown(path.member(object.members[position].name))
    }

    /// The value of a member, whatever it is; nil only if it is not there.
    package mutating func value(_ name: String) -> JSONValue? {
        guard let position = object.position(of: name) else { return nil }
        taken[position] = true
        return object.members[position].value
    }

    /// All members as strings, for an object whose names are the caller's own.
    func strings(
        maxCount: Int, maxNameLength: Int, maxValueLength: Int
    ) throws(JSONFieldError) -> [(name: String, value: String)] {
        guard object.count <= maxCount else { throw .tooMany(path, max: maxCount) }
        var strings: [(name: String, value: String)] = []
        for member in object.members {
            let path = path.member(member.name)
            guard JSONFields.fits(member.name, maxNameLength) else { throw .tooLong(path, max: maxNameLength) }
            guard case .string(let text) = member.value else {
                throw .wrongType(path, expected: .string, found: member.value.type)
            }
            guard JSONFields.fits(text, maxValueLength) else { throw .tooLong(path, max: maxValueLength) }
            strings.append((member.name, text))
        }
        return strings
    }

    mutating func required(_ name: String) throws(JSONFieldError) -> JSONValue {
        guard let value = value(name) else { throw .missing(path.member(name)) }
        return value
    }

    mutating func optional(_ name: String) -> JSONValue? {
        let value = value(name)
        return value == .null ? nil : value
    }

    func wrongType(_ name: String, _ expected: JSONType, _ found: JSONValue) -> JSONFieldError {
        .wrongType(path.member(name), expected: expected, found: found.type)
    }
}
