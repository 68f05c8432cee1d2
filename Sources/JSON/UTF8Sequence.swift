/// The length of the UTF-8 sequence of two to four bytes at `position`; nil unless it is well-formed after the
/// table of RFC 3629 §4, which leaves no way to write a character in more bytes than it needs, nor a surrogate,
/// nor anything above U+10FFFF.
func utf8SequenceLength(_ bytes: UnsafeRawBufferPointer, at position: Int) -> Int? {
    let lead = bytes[position]
    let second: ClosedRange<UInt8>
    let length: Int
    switch lead {
    case 0xC2...0xDF: (second, length) = (0x80...0xBF, 2)
    case 0xE0: (second, length) = (0xA0...0xBF, 3)
    case 0xED: (second, length) = (0x80...0x9F, 3)
    case 0xE1...0xEF: (second, length) = (0x80...0xBF, 3)
    case 0xF0: (second, length) = (0x90...0xBF, 4)
    case 0xF1...0xF3: (second, length) = (0x80...0xBF, 4)
    case 0xF4: (second, length) = (0x80...0x8F, 4)
    default: return nil
    }
    guard position + length <= bytes.count, second.contains(bytes[position + 1]) else { return nil }
    for index in position + 2..<position + length {
        guard bytes[index] & 0xC0 == 0x80 else { return nil }
    }
    return length
}
