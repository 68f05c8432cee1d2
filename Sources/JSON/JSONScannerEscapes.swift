/// From a checked string to its text.
extension JSONScanner {
    func text(of token: StringToken) -> String {
        token.isEscaped ? resolvingEscapes(token) : String(decoding: slice(token.range), as: UTF8.self)
    }

    /// An escape is never shorter than what it stands for, so the text fits in as many bytes as its spelling.
    private func resolvingEscapes(_ token: StringToken) -> String {
        String(unsafeUninitializedCapacity: token.count) { buffer in
            var written = 0
            var position = token.start
            while position < token.end {
                if bytes[position] != Ascii.backslash {
                    buffer[written] = bytes[position]
                    written += 1
                    position += 1
                    continue
                }
                let (scalar, length) = scalar(ofEscapeAt: position)
                for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
                    buffer[written] = byte
                    written += 1
                }
                position += length
            }
            return written
        }
    }

    /// What a checked escape stands for, and how many bytes its spelling takes.
    private func scalar(ofEscapeAt position: Int) -> (Unicode.Scalar, length: Int) {
        switch bytes[position + 1] {
        case UInt8(ascii: "b"): return ("\u{08}", 2)
        case UInt8(ascii: "f"): return ("\u{0C}", 2)
        case UInt8(ascii: "n"): return ("\n", 2)
        case UInt8(ascii: "r"): return ("\r", 2)
        case UInt8(ascii: "t"): return ("\t", 2)
        case UInt8(ascii: "u"): return unicodeScalar(ofEscapeAt: position)
        case let byte: return (Unicode.Scalar(byte), 2)
        }
    }

    private func unicodeScalar(ofEscapeAt position: Int) -> (Unicode.Scalar, length: Int) {
        let unit = codeUnit(at: position + 2)
        if let scalar = Unicode.Scalar(unit) { return (scalar, 6) }
        // The pair was checked: lead and trail carry ten bits each of what lies above U+FFFF.
        let value = 0x10000 + ((unit & 0x3FF) << 10 | codeUnit(at: position + 8) & 0x3FF)
        return (Unicode.Scalar(value) ?? "\u{FFFD}", 12)
    }

    private func codeUnit(at position: Int) -> UInt32 {
        (position..<position + 4).reduce(0) { $0 << 4 | UInt32(Ascii.hexDigit(bytes[$1]) ?? 0) }
    }
}
