/// Bytes as text after RFC 4648, in one of its two alphabets.
///
/// Decoding is strict so that a value has one spelling only: a signature or key must not be accepted in two.
package enum Base64: Hashable, Sendable {
    /// §4: `+` and `/`, padded with `=` to a multiple of four.
    case standard
    /// §5: `-` and `_`, never padded; safe in URLs and identifiers.
    case url

    package func encode(_ bytes: some Collection<UInt8>) -> String {
        let bytes = Array(bytes)
        return String(unsafeUninitializedCapacity: encodedCount(of: bytes.count)) { buffer in
            guard let start = buffer.baseAddress else { return 0 }
            return bytes.withUnsafeBytes { write($0, to: start) }
        }
    }

    /// The bytes a text stands for; nil for a character of the other alphabet, white space, padding that is missing
    /// or not wanted, or last bits that are not zero.
    package func decode(_ text: String) -> [UInt8]? {
        var text = text
        return text.withUTF8 { decode(UnsafeRawBufferPointer($0)) }
    }

    package func decode(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
        guard let digitCount = digitCount(in: text), digitCount % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digitCount * 3 / 4)
        var bits: UInt32 = 0
        var bitCount = 0
        for index in 0..<digitCount {
            guard let value = value(of: text[index]) else { return nil }
            bits = bits << 6 | UInt32(value)
            bitCount += 6
            guard bitCount >= 8 else { continue }
            bitCount -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
            bits &= 1 << UInt32(bitCount) - 1
        }
        return bits == 0 ? bytes : nil
    }

    func encodedCount(of count: Int) -> Int {
        switch self {
        case .standard: (count + 2) / 3 * 4
        case .url: (count * 4 + 2) / 3
        }
    }

    /// How many characters come before the padding; nil if that is not what the alphabet wants.
    private func digitCount(in text: UnsafeRawBufferPointer) -> Int? {
        guard self == .standard else { return text.count }
        guard text.count.isMultiple(of: 4) else { return nil }
        let paddingCount = text.suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }.count
        return text.count - paddingCount
    }
}

extension Base64 {
    func write(_ bytes: UnsafeRawBufferPointer, to target: UnsafeMutablePointer<UInt8>) -> Int {
        var written = 0
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let count = min(3, bytes.count - start)
            var group: UInt32 = 0
            for index in 0..<3 { group = group << 8 | (index < count ? UInt32(bytes[start + index]) : 0) }
            for index in 0...count {
                target[written] = digit(of: group >> UInt32(18 - index * 6) & 0x3F)
                written += 1
            }
        }
        while self == .standard && !written.isMultiple(of: 4) {
            target[written] = UInt8(ascii: "=")
            written += 1
        }
        return written
    }

    private func digit(of value: UInt32) -> UInt8 {
        let value = UInt8(truncatingIfNeeded: value)
        switch value {
        case 0..<26: return UInt8(ascii: "A") + value
        case 26..<52: return UInt8(ascii: "a") + value - 26
        case 52..<62: return Ascii.zero + value - 52
        case 62: return self == .url ? Ascii.minus : Ascii.plus
        default: return self == .url ? Ascii.underscore : Ascii.slash
        }
    }

    private func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): digit - UInt8(ascii: "a") + 26
        case Ascii.zero...Ascii.nine: digit - Ascii.zero + 52
        case Ascii.plus: self == .standard ? 62 : nil
        case Ascii.slash: self == .standard ? 63 : nil
        case Ascii.minus: self == .url ? 62 : nil
        case Ascii.underscore: self == .url ? 63 : nil
        default: nil
        }
    }
}
