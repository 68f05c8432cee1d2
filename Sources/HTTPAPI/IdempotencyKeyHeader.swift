/// The `Idempotency-Key` of a request, as its sender wrote it in the header.
///
/// The IETF draft makes it a Structured Field string (RFC 9651 §3.3.3): quoted, with `\"` and `\\` escaped. Many clients
/// send it bare. Both spell the same key: `"a1"` and `a1` claim one effect. Parameters after the string mean
/// nothing in the draft and are refused rather than ignored, lest two effects share a key.
package enum IdempotencyKeyHeader {
    package static let name = "Idempotency-Key"

    /// Characters of a key, both ends included.
    package static let lengths = 1...255

    /// Why a request has no usable key, in the order checked.
    package enum Rejection: Error, Hashable, Sendable {
        case missing
        /// The header was sent more than once: which of the keys is meant cannot be told.
        case repeated
        /// Neither a quoted string nor a bare key: a quote that does not close, an escape of another character,
        /// something behind the closing quote, a character that is not visible ASCII.
        case malformed
        case tooLong(max: Int)
    }

    /// The key in the values of a request's `Idempotency-Key` headers, one for each time it was sent.
    package static func parse(_ values: [String]) throws(Rejection) -> String {
        guard let value = values.first else { throw .missing }
        guard values.count == 1 else { throw .repeated }
        return try parse(value)
    }

    package static func parse(_ value: String) throws(Rejection) -> String {
        let text = trimmingSpaces(value)
        guard let first = text.first else { throw .missing }
        let key = first == UInt8(ascii: "\"") ? unquoted(text) : bare(text)
        guard let key, key.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw .malformed }
        guard key.count >= lengths.lowerBound else { throw .missing }
        guard key.count <= lengths.upperBound else { throw .tooLong(max: lengths.upperBound) }
        return String(decoding: key, as: UTF8.self)
    }

    /// RFC 9651 §4.2 drops spaces around a field's value, and no other white space.
    private static func trimmingSpaces(_ value: String) -> ArraySlice<UInt8> {
        let bytes = Array(value.utf8)
        let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") }
        let end = bytes.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? 0
        return bytes[..<end].drop(while: isSpace)
    }

    /// The characters between the quotes, escapes resolved; nil unless the closing quote is the last character.
    private static func unquoted(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        var key: [UInt8] = []
        var rest = text.dropFirst()
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""):
                return rest.isEmpty ? key : nil
            case UInt8(ascii: "\\"):
                guard let escaped = rest.popFirst(), escaped == UInt8(ascii: "\"") || escaped == UInt8(ascii: "\\")
                else { return nil }
                key.append(escaped)
            default:
                key.append(byte)
            }
        }
        return nil
    }

    /// A bare key is what stands there. With a quote or a backslash in it, or begun with an apostrophe, it is a quoted
    /// one gone wrong, and must not become a key that the same client's next, well-quoted request does not have.
    private static func bare(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        let isMisquoted =
            text.first == UInt8(ascii: "'") || text.contains(UInt8(ascii: "\"")) || text.contains(UInt8(ascii: "\\"))
        return isMisquoted ? nil : Array(text)
    }
}
