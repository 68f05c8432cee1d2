/// From tree to text.
extension JSONValue {
    /// The value as JSON, without white space: reading it back gives an equal value.
    package var bytes: [UInt8] {
        var writer = JSONWriter(capacity: 256)
        writer.element(self)
        return writer.takeBytes()
    }

    package var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension JSONWriter {
    /// Writes a value where a name or a comma has been put before it.
    mutating func put(_ value: JSONValue) {
        switch value {
        case .null: sink.put("null")
        case .bool(let value): sink.put(value ? "true" : "false")
        case .number(let number): sink.putPlain(number.text)
        case .string(let text): sink.putQuoted(text)
        case .array(let elements):
            beginAfterName(Ascii.bracketOpen)
            for element in elements { self.element(element) }
            endArray()
        case .object(let object):
            beginAfterName(Ascii.braceOpen)
            for member in object.members { field(named: member.name, member.value) }
            endObject()
        }
    }
}

extension ByteSink {
    fileprivate mutating func putPlain(_ text: String) {
        var text = text
        text.withUTF8 { put(UnsafeRawBufferPointer($0)) }
    }
}
