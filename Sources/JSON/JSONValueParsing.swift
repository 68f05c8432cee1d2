/// From text to tree.
extension JSONValue {
    /// Reads one JSON text whole.
    /// - Throws: `JSONError`, for anything RFC 8259 does not allow, and for what it leaves open and we refuse:
    ///   members named twice, lone surrogates, a byte order mark, more depth than `limits`.
    package init(parsing bytes: UnsafeRawBufferPointer, limits: JSONLimits = .standard) throws(JSONError) {
        var scanner = try JSONScanner(bytes, limits: limits)
        self = try scanner.readValue()
        try scanner.finish()
    }

    package init(parsing bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONError) {
        self = try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) in
            try JSONValue(parsing: UnsafeRawBufferPointer(buffer), limits: limits)
        }
    }

    package init(parsing text: String, limits: JSONLimits = .standard) throws(JSONError) {
        try self.init(parsing: Array(text.utf8), limits: limits)
    }
}

extension JSONScanner {
    /// Reads the next value as a tree. The recursion is bounded by the limit of depth.
    package mutating func readValue() throws(JSONError) -> JSONValue {
        switch try peek() {
        case .null:
            try readNull()
            return .null
        case .bool: return .bool(try readBool())
        case .number: return .number(try readNumber())
        case .string: return .string(try readString())
        case .array: return .array(try readElements())
        case .object: return .object(JSONObject(distinct: try readMembers()))
        }
    }

    private mutating func readElements() throws(JSONError) -> [JSONValue] {
        try beginArray()
        var elements: [JSONValue] = []
        while try nextElement() { elements.append(try readValue()) }
        return elements
    }

    private mutating func readMembers() throws(JSONError) -> [JSONMember] {
        try beginObject()
        var members: [JSONMember] = []
        members.reserveCapacity(8)
        while try nextMember() {
            let name = name
            members.append(JSONMember(name: name, value: try readValue()))
        }
        return members
    }
}
