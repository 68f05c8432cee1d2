/// Objects, arrays and maps inside an object.
extension JSONFields {
    /// A nested object, to be read and finished like this one.
    package mutating func object(_ name: String) throws(JSONFieldError) -> JSONFields {
        try JSONFields(try required(name), at: path.member(name))
    }

    package mutating func optionalObject(_ name: String) throws(JSONFieldError) -> JSONFields? {
        guard let value = optional(name) else { return nil }
        return try JSONFields(value, at: path.member(name))
    }

    /// An array of at most `maxCount` elements.
    package mutating func array(_ name: String, maxCount: Int) throws(JSONFieldError) -> [JSONValue] {
        try array(try required(name), name, maxCount: maxCount)
    }

    package mutating func optionalArray(_ name: String, maxCount: Int) throws(JSONFieldError) -> [JSONValue]? {
        guard let value = optional(name) else { return nil }
        return try array(value, name, maxCount: maxCount)
    }

    /// An array of objects, each to be read and finished like this one.
    package mutating func objects(_ name: String, maxCount: Int) throws(JSONFieldError) -> [JSONFields] {
        let elements = try array(name, maxCount: maxCount)
        var objects: [JSONFields] = []
        objects.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            objects.append(try JSONFields(element, at: path.member(name).element(index)))
        }
        return objects
    }

    private func array(_ value: JSONValue, _ name: String, maxCount: Int) throws(JSONFieldError) -> [JSONValue] {
        guard case .array(let elements) = value else { throw wrongType(name, .array, value) }
        guard elements.count <= maxCount else { throw .tooMany(path.member(name), max: maxCount) }
        return elements
    }

    /// An object whose members are all strings under names of the caller's choice, such as metadata; in the order
    /// written. Lengths are counted in Unicode scalars.
    package mutating func optionalStringMap(
        _ name: String, maxCount: Int, maxNameLength: Int, maxValueLength: Int
    ) throws(JSONFieldError) -> [(name: String, value: String)]? {
        guard let map = try optionalObject(name) else { return nil }
        return try map.strings(maxCount: maxCount, maxNameLength: maxNameLength, maxValueLength: maxValueLength)
    }
}
