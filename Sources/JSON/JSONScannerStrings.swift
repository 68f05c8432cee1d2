/// Strings: checked in one pass where they lie, copied only when the caller wants them.
extension JSONScanner {
    /// A string that has been checked: its bytes between the quotes.
    struct StringToken {
        let start: Int
        let end: Int
        /// Whether there are backslashes to resolve.
        let isEscaped: Bool

        var range: Range<Int> { start..<end }
        var count: Int { end - start }
    }

    package mutating func readString() throws(JSONError) -> String {
        try expect(.string)
        return text(of: try scanString())
    }

    /// Gives `body` the UTF-8 bytes of the next string without making a `String` of them.
    package mutating func readString<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) throws -> Result {
        try expect(.string)
        let token = try scanString()
        guard token.isEscaped else { return try body(slice(token.range)) }
        var text = text(of: token)
        return try text.withUTF8 { try body(UnsafeRawBufferPointer($0)) }
    }

    /// Checks a string to its closing quote. After it, resolving the string's escapes cannot fail.
    mutating func scanString() throws(JSONError) -> StringToken {
        let start = offset + 1
        var position = start
        var isEscaped = false
        while true {
            position = endOfPlainRun(from: position)
            guard position < bytes.count else { throw error(.unexpectedEnd, at: bytes.count) }
            switch bytes[position] {
            case Ascii.quote:
                offset = position + 1
                return StringToken(start: start, end: position, isEscaped: isEscaped)
            case Ascii.backslash:
                isEscaped = true
                position = try endOfEscape(at: position)
            case 0x80...:
                guard let length = utf8SequenceLength(bytes, at: position) else {
                    throw error(.invalidUTF8, at: position)
                }
                position += length
            default:
                throw error(.controlCharacter(bytes[position]), at: position)
            }
        }
    }

    /// The first byte from `position` on that is not plain ASCII inside a string. Eight bytes are looked at at once:
    /// most strings we read are plain to their end.
    @inline(__always)
    private func endOfPlainRun(from position: Int) -> Int {
        var position = position
        while position + 8 <= bytes.count {
            let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
            let special = specialBytes(in: word)
            if special != 0 { return position + special.trailingZeroBitCount / 8 }
            position += 8
        }
        while position < bytes.count, isPlain(bytes[position]) { position += 1 }
        return position
    }

    /// From the backslash to the byte behind the escape.
    private func endOfEscape(at position: Int) throws(JSONError) -> Int {
        guard position + 1 < bytes.count else { throw error(.unexpectedEnd, at: bytes.count) }
        switch bytes[position + 1] {
        case Ascii.quote, Ascii.backslash, Ascii.slash, UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
            UInt8(ascii: "r"), UInt8(ascii: "t"):
            return position + 2
        case UInt8(ascii: "u"):
            return try endOfUnicodeEscape(at: position)
        default:
            throw error(.invalidEscape, at: position)
        }
    }

    private func endOfUnicodeEscape(at position: Int) throws(JSONError) -> Int {
        let unit = try codeUnit(ofEscapeAt: position)
        guard UTF16.isSurrogate(unit) else { return position + 6 }
        guard UTF16.isLeadSurrogate(unit), position + 7 < bytes.count,
            bytes[position + 6] == Ascii.backslash, bytes[position + 7] == UInt8(ascii: "u"),
            UTF16.isTrailSurrogate(try codeUnit(ofEscapeAt: position + 6))
        else { throw error(.loneSurrogate, at: position) }
        return position + 12
    }

    private func codeUnit(ofEscapeAt position: Int) throws(JSONError) -> UInt16 {
        var unit: UInt16 = 0
        for index in position + 2..<position + 6 {
            guard index < bytes.count else { throw error(.unexpectedEnd, at: bytes.count) }
            guard let digit = Ascii.hexDigit(bytes[index]) else { throw error(.invalidEscape, at: position) }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }
}

@inline(__always)
private func isPlain(_ byte: UInt8) -> Bool {
    byte >= Ascii.space && byte < 0x80 && byte != Ascii.quote && byte != Ascii.backslash
}

/// Sets the top bit of the first byte of `word` that is not plain (and perhaps of some above it: only the lowest
/// bit set is meant). The tests for "below n" and "equal to n" in all bytes at once are the well-known ones.
@inline(__always)
private func specialBytes(in word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let tops: UInt64 = 0x8080_8080_8080_8080
    let quotes = word ^ (ones &* UInt64(Ascii.quote))
    let backslashes = word ^ (ones &* UInt64(Ascii.backslash))
    let controls = (word &- ones &* UInt64(Ascii.space)) & ~word
    return (controls | ((quotes &- ones) & ~quotes) | ((backslashes &- ones) & ~backslashes) | word) & tops
}
