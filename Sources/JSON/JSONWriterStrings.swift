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
        putInside(text)
        put(Ascii.quote)
    }

    /// What stands between the quotes.
    mutating func putEscaped(_ text: String) {
        if text.utf8.withContiguousStorageIfAvailable({ putInside(UnsafeRawBufferPointer($0)) }) == nil {
            Array(text.utf8).withUnsafeBytes { putInside($0) }
        }
    }

    private mutating func putInside(_ text: UnsafeRawBufferPointer) {
        let plainCount = plainPrefixCount(text)
        put(UnsafeRawBufferPointer(rebasing: text[..<plainCount]))
        if plainCount < text.count { putEscaped(UnsafeRawBufferPointer(rebasing: text[plainCount...])) }
    }

    private mutating func putEscaped(_ text: UnsafeRawBufferPointer) {
        var start = 0
        for position in 0..<text.count where mustBeEscaped(text[position]) {
            put(UnsafeRawBufferPointer(rebasing: text[start..<position]))
            putEscape(of: text[position])
            start = position + 1
        }
        put(UnsafeRawBufferPointer(rebasing: text[start...]))
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

/// How many bytes at the start surely need no escape, looked at eight at a time: for nearly every text, all of them.
@inline(__always)
private func plainPrefixCount(_ text: UnsafeRawBufferPointer) -> Int {
    var position = 0
    while position + 8 <= text.count {
        if mayHoldEscape(text.loadUnaligned(fromByteOffset: position, as: UInt64.self)) { return position }
        position += 8
    }
    while position < text.count, !mustBeEscaped(text[position]) { position += 1 }
    return position
}

/// Whether one of eight bytes is below a space, a quote or a backslash. A byte less than n leaves its top bit set when n is
/// taken away, unless it was set before; a byte equal to n is zero, that is less than one, once n is taken out by exclusive or.
/// The borrow of a byte that is found may falsely find the one above it, which costs only a closer look.
@inline(__always)
private func mayHoldEscape(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let tops: UInt64 = 0x8080_8080_8080_8080
    let quote = word ^ ones &* UInt64(Ascii.quote)
    let backslash = word ^ ones &* UInt64(Ascii.backslash)
    let control = (word &- ones &* UInt64(Ascii.space)) & ~word
    return (control | (quote &- ones) & ~quote | (backslash &- ones) & ~backslash) & tops != 0
}

@inline(__always)
private func mustBeEscaped(_ byte: UInt8) -> Bool {
    byte < Ascii.space || byte == Ascii.quote || byte == Ascii.backslash
}
