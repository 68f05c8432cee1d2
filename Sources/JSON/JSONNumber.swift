/// A JSON number: its exact text, never a rounded one.
///
/// There is no way to a `Double` here. Whoever needs a fraction parses `text` into an exact type of their own.
package struct JSONNumber: Hashable, Sendable, CustomStringConvertible {
    /// The number as it was written, in the grammar of RFC 8259 §6: `-0`, `1.50` and `1e2` stay as they are.
    package let text: String

    package init(_ value: Int64) {
        text = String(value)
    }

    /// A number from its text; nil if RFC 8259 would not call it one.
    package init?(text: String) {
        guard JSONNumber.isNumber(text) else { return nil }
        self.text = text
    }

    /// For the scanner, which has already checked the text.
    init(checkedText: String) {
        text = checkedText
    }

    /// The number as a whole one; nil if it is written with a fraction or an exponent (also `1.0` and `1e2`, whose
    /// writer was not thinking of whole units) or does not fit.
    package var integer: Int64? {
        JSONNumber.integer(text).value
    }

    package var description: String { text }
}

extension JSONNumber {
    /// What a text means when a whole number is wanted.
    enum IntegerReading: Equatable {
        case integer(Int64)
        case notAnInteger
        case outOfRange

        var value: Int64? { if case .integer(let value) = self { value } else { nil } }
    }

    /// Reads `-?(0|[1-9][0-9]*)` and nothing else: no plus sign, no leading zero, no space.
    static func integer(_ text: String) -> IntegerReading {
        var text = text
        return text.withUTF8 { integer(UnsafeRawBufferPointer($0)) }
    }

    static func integer(_ digits: UnsafeRawBufferPointer) -> IntegerReading {
        let isNegative = digits.first == Ascii.minus
        let start = isNegative ? 1 : 0
        guard digits.count > start else { return .notAnInteger }
        guard digits[start] != Ascii.zero || digits.count == start + 1 else { return .notAnInteger }

        var magnitude: UInt64 = 0
        var overflowed = false
        for index in start..<digits.count {
            let digit = digits[index] &- Ascii.zero
            guard digit <= 9 else { return .notAnInteger }
            // The rest is still looked at: a fraction far behind is a fraction, not a large number.
            if overflowed { continue }
            let (product, tooLarge) = magnitude.multipliedReportingOverflow(by: 10)
            let (sum, carried) = product.addingReportingOverflow(UInt64(digit))
            magnitude = sum
            overflowed = tooLarge || carried
        }
        return overflowed ? .outOfRange : signed(magnitude, isNegative: isNegative)
    }

    private static func signed(_ magnitude: UInt64, isNegative: Bool) -> IntegerReading {
        guard isNegative else { return Int64(exactly: magnitude).map(IntegerReading.integer) ?? .outOfRange }
        guard magnitude <= Int64.min.magnitude else { return .outOfRange }
        return .integer(Int64(truncatingIfNeeded: 0 &- magnitude))
    }

    private static func isNumber(_ text: String) -> Bool {
        guard case .number(let number)? = try? JSONValue(parsing: text) else { return false }
        return number.text == text
    }
}
