/// One JSON object of plain members: nothing inside one another, texts of visible ASCII without escapes, whole numbers of at
/// most eighteen digits without a sign. Nearly all bodies of hot requests are such, and are read so in one pass, without a
/// tree.
///
/// It has no errors: whatever is unusual in any way, wrong or not, is left to `JSONScanner`, which alone says what is allowed.
package enum PlainJSONObject {
    package enum Value {
        /// The bytes between the quotes.
        case text(UnsafeRawBufferPointer)
        case integer(Int64)
    }

    /// Hands over each member's name and value in order. The buffers live as long as the call.
    /// - Returns: Whether the whole text was one such object and every member was taken.
    package static func scan(
        _ bytes: UnsafeRawBufferPointer, _ take: (_ name: UnsafeRawBufferPointer, _ value: Value) -> Bool
    ) -> Bool {
        var scanner = Scanner(bytes: bytes)
        guard scanner.step(over: Ascii.braceOpen) else { return false }
        repeat {
            guard let name = scanner.text(), scanner.step(over: Ascii.colon), let value = scanner.value(),
                take(name, value)
            else { return false }
        } while scanner.step(over: Ascii.comma)
        return scanner.step(over: Ascii.braceClose) && scanner.isAtEnd
    }

    private struct Scanner {
        let bytes: UnsafeRawBufferPointer
        var offset = 0

        private static let digitCountMax = 18

        var isAtEnd: Bool {
            mutating get {
                skipSpace()
                return offset == bytes.count
            }
        }

        mutating func step(over byte: UInt8) -> Bool {
            skipSpace()
            guard offset < bytes.count, bytes[offset] == byte else { return false }
            offset += 1
            return true
        }

        mutating func value() -> Value? {
            skipSpace()
            guard offset < bytes.count else { return nil }
            return bytes[offset] == Ascii.quote ? text().map(Value.text) : integer().map(Value.integer)
        }

        mutating func text() -> UnsafeRawBufferPointer? {
            guard step(over: Ascii.quote) else { return nil }
            let start = offset
            while offset < bytes.count, bytes[offset] != Ascii.quote {
                guard 0x20...0x7E ~= bytes[offset], bytes[offset] != Ascii.backslash else { return nil }
                offset += 1
            }
            guard offset < bytes.count else { return nil }
            offset += 1
            return UnsafeRawBufferPointer(rebasing: bytes[start..<(offset - 1)])
        }

        private mutating func integer() -> Int64? {
            let start = offset
            var value: Int64 = 0
            while offset < bytes.count, Ascii.zero...Ascii.nine ~= bytes[offset] {
                guard offset - start < Self.digitCountMax else { return nil }
                value = value * 10 + Int64(bytes[offset] - Ascii.zero)
                offset += 1
            }
            // A zero in front is no number of JSON's; what follows the digits is seen by whoever goes on.
            let count = offset - start
            return count == 0 || count > 1 && bytes[start] == Ascii.zero ? nil : value
        }

        private mutating func skipSpace() {
            while offset < bytes.count {
                switch bytes[offset] {
                case 0x20, 0x09, 0x0A, 0x0D: offset += 1
                default: return
                }
            }
        }
    }
}
