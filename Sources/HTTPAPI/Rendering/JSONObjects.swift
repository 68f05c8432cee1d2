import JSON
import Money

extension JSONWriter {
    /// One object as a whole text.
    static func object(_ members: (inout JSONWriter) -> Void) -> [UInt8] {
        var json = JSONWriter(capacity: 1024)
        json.beginObject()
        members(&json)
        json.endObject()
        return json.takeBytes()
    }

    /// A member that is always there: null says that there is nothing.
    mutating func field(_ name: StaticString, orNull value: String?) {
        if let value { field(name, value) } else { null(name) }
    }

    mutating func field(_ name: StaticString, orNull value: Int64?) {
        if let value { field(name, value) } else { null(name) }
    }

    /// A sum that may pass 64 bits: then as a string of digits.
    mutating func field(_ name: StaticString, sum value: Int128) {
        if let small = Int64(exactly: value) { field(name, small) } else { field(name, String(value)) }
    }
}
