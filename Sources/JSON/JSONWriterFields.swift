/// Members of the object being written, by a literal name.
extension JSONWriter {
    @inline(__always)
    package mutating func field(_ name: StaticString, _ value: Int64) {
        put(name: name)
        sink.putDecimal(value)
    }

    @inline(__always)
    package mutating func field(_ name: StaticString, _ value: Int) { field(name, Int64(value)) }

    @inline(__always)
    package mutating func field(_ name: StaticString, _ value: Bool) {
        put(name: name)
        sink.put(value ? "true" : "false")
    }

    @inline(__always)
    package mutating func field(_ name: StaticString, _ value: String) {
        put(name: name)
        sink.putQuoted(value)
    }

    /// A string, or nothing at all where there is none: absence is not written as null.
    package mutating func field(_ name: StaticString, ifPresent value: String?) {
        if let value { field(name, value) }
    }

    package mutating func field(_ name: StaticString, ifPresent value: Int64?) {
        if let value { field(name, value) }
    }

    package mutating func field(_ name: StaticString, _ value: JSONValue) {
        put(name: name)
        put(value)
    }

    package mutating func null(_ name: StaticString) {
        put(name: name)
        sink.put("null")
    }

    /// A value that is JSON already, copied as it stands. That it is sound JSON is the caller's word.
    package mutating func field(_ name: StaticString, raw text: [UInt8]) {
        put(name: name)
        text.withUnsafeBytes { sink.put($0) }
    }

    /// Bytes as a string of lower-case hexadecimal digits.
    package mutating func field(_ name: StaticString, hex bytes: [UInt8]) {
        put(name: name)
        bytes.withUnsafeBytes { sink.putQuoted(hex: $0) }
    }

    /// Bytes as a string of Base64 in the alphabet given.
    package mutating func field(_ name: StaticString, _ alphabet: Base64, _ bytes: [UInt8]) {
        put(name: name)
        bytes.withUnsafeBytes { sink.putQuoted($0, alphabet) }
    }
}

/// Members whose name is known only at run time, as in a caller's metadata.
extension JSONWriter {
    package mutating func field(named name: String, _ value: String) {
        put(name: name)
        sink.putQuoted(value)
    }

    package mutating func field(named name: String, _ value: Int64) {
        put(name: name)
        sink.putDecimal(value)
    }

    package mutating func field(named name: String, _ value: JSONValue) {
        put(name: name)
        put(value)
    }

    package mutating func beginObject(named name: String) {
        put(name: name)
        beginAfterName(Ascii.braceOpen)
    }

    package mutating func beginArray(named name: String) {
        put(name: name)
        beginAfterName(Ascii.bracketOpen)
    }
}

/// Elements of the array being written, or the one value that is the whole text.
extension JSONWriter {
    package mutating func element(_ value: Int64) {
        putComma()
        sink.putDecimal(value)
    }

    package mutating func element(_ value: Int) { element(Int64(value)) }

    package mutating func element(_ value: Bool) {
        putComma()
        sink.put(value ? "true" : "false")
    }

    package mutating func element(_ value: String) {
        putComma()
        sink.putQuoted(value)
    }

    package mutating func element(_ value: JSONValue) {
        putComma()
        put(value)
    }

    /// A value that is JSON already, copied as it stands. That it is sound JSON is the caller's word.
    package mutating func element(raw text: [UInt8]) {
        putComma()
        text.withUnsafeBytes { sink.put($0) }
    }
}
