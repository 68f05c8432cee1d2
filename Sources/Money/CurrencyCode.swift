/// The printed name of a currency: 3 to 8 upper-case letters and digits, beginning with a letter.
///
/// Kept as a number, six bits a character, so that it is compared, hashed and stored as one: a text here would cost an
/// allocation or a string comparison for each of the millions of amounts a run touches. The order of codes is the order
/// of their texts.
package struct CurrencyCode: Hashable, Sendable {
    package static let lengths = 3...8

    /// The characters from the highest of 48 bits down, each 1 to 36; a zero ends the code.
    let bits: UInt64

    /// Nil unless the text is a code by the rule above. Lower case is not accepted: "eur" is somebody's mistake.
    package init?(_ text: some StringProtocol) {
        self.init(utf8: text.utf8)
    }

    /// Nil unless the bytes are a code by the rule above; reads at most one byte more than a code may have.
    package init?(utf8 bytes: some Sequence<UInt8>) {
        var bits: UInt64 = 0
        var length = 0
        for byte in bytes {
            guard length < Self.lengths.upperBound, let symbol = Self.symbol(for: byte) else { return nil }
            if length == 0, symbol < Self.symbolA { return nil }
            bits |= symbol << Self.shift(ofCharacter: length)
            length += 1
        }
        guard Self.lengths.contains(length) else { return nil }
        self.bits = bits
    }

    /// Nil unless the number is one that `bits` can be: a stored number is not trusted more than a stored text.
    init?(bits: UInt64) {
        self.init(validBits: bits)
        guard bits >> 48 == 0, CurrencyCode(description)?.bits == bits else { return nil }
    }

    /// For bits that came from a code.
    init(validBits bits: UInt64) {
        self.bits = bits
    }

    /// A code written in this source, which a test compares with the table.
    init(literal text: StaticString) {
        let code = text.withUTF8Buffer { CurrencyCode(utf8: $0) }
        guard let code else { preconditionFailure("not a currency code: \(text)") }
        self = code
    }
}

// MARK: - Characters

extension CurrencyCode: CustomStringConvertible, Comparable {
    /// At most eight characters, which a string holds without an allocation.
    package var description: String {
        String(unsafeUninitializedCapacity: Self.lengths.upperBound) { buffer in
            var length = 0
            while length < buffer.count, let byte = Self.byte(for: symbol(at: length)) {
                buffer[length] = byte
                length += 1
            }
            return length
        }
    }

    /// The position of a three-letter code among all 17,576 of them, for a table without hashing; nil for other codes.
    var threeLetterIndex: Int? {
        guard symbol(at: 3) == 0 else { return nil }
        let letters = (symbol(at: 0), symbol(at: 1), symbol(at: 2))
        guard letters.1 >= Self.symbolA, letters.2 >= Self.symbolA else { return nil }
        return Int(((letters.0 - Self.symbolA) * 26 + letters.1 - Self.symbolA) * 26 + letters.2 - Self.symbolA)
    }

    package static func < (left: CurrencyCode, right: CurrencyCode) -> Bool { left.bits < right.bits }

    /// Zero behind the last character, also behind an eighth.
    private func symbol(at index: Int) -> UInt64 {
        index < Self.lengths.upperBound ? bits >> Self.shift(ofCharacter: index) & 0b111111 : 0
    }

    private static func shift(ofCharacter index: Int) -> Int { 42 - 6 * index }

    /// Digits come before letters, as in ASCII, and above zero, which is the end.
    private static let symbolA: UInt64 = 11

    private static func symbol(for byte: UInt8) -> UInt64? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0")) + 1
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt64(byte - UInt8(ascii: "A")) + symbolA
        default: nil
        }
    }

    private static func byte(for symbol: UInt64) -> UInt8? {
        switch symbol {
        case 1...10: UInt8(ascii: "0") + UInt8(symbol - 1)
        case symbolA...36: UInt8(ascii: "A") + UInt8(symbol - symbolA)
        default: nil
        }
    }
}
