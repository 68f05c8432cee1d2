/// Strings as JSON writes them: only what RFC 8259 §7 says must be escaped is, in one fixed spelling.
extension ByteSink {
    @inline(__always)
    mutating func putQuoted(_ text: String) {
        // Contiguous for every string that Swift made itself; a bridged one is copied.
        if text.utf8.withContiguousStorageIfAvailable({ putQuoted(UnsafeRawBufferPointer($0)) }) == nil {
            Array(text.utf8).withUnsafeBytes { putQuoted($0) }
        }
    }

    mutating func putQuoted(_ text: UnsafeRawBufferPointer) {
        put(Ascii.quote)
        var start = 0
        for position in 0..<text.count where mustBeEscaped(text[position]) {
            put(UnsafeRawBufferPointer(rebasing: text[start..<position]))
            putEscape(of: text[position])
            start = position + 1
        }
        put(UnsafeRawBufferPointer(rebasing: text[start...]))
        put(Ascii.quote)
    }

    /// The short escape where there is one, `\u00` and two lower-case digits else.
    private mutating func putEscape(of byte: UInt8) {
        switch byte {
        case Ascii.quote: put("\\\"")
        case Ascii.backslash: put("\\\\")
        case 0x08: put("\\b")
        case 0x0C: put("\\f")
        case Ascii.lineFeed: put("\\n")
        case Ascii.carriageReturn: put("\\r")
        case Ascii.tab: put("\\t")
        default:
            put("\\u00")
            putHex(byte)
        }
    }

    mutating func putQuoted(hex bytes: UnsafeRawBufferPointer) {
        put(Ascii.quote)
        put(upTo: bytes.count * 2) { Hex.write(bytes, to: $0) }
        put(Ascii.quote)
    }

    mutating func putQuoted(_ bytes: UnsafeRawBufferPointer, _ alphabet: Base64) {
        put(Ascii.quote)
        put(upTo: alphabet.encodedCount(of: bytes.count)) { alphabet.write(bytes, to: $0) }
        put(Ascii.quote)
    }

    private mutating func putHex(_ byte: UInt8) {
        withUnsafeBytes(of: byte) { byte in put(upTo: 2) { Hex.write(byte, to: $0) } }
    }
}

@inline(__always)
private func mustBeEscaped(_ byte: UInt8) -> Bool {
    byte < Ascii.space || byte == Ascii.quote || byte == Ascii.backslash
}
