/// Numbers, booleans and null.
extension JSONScanner {
    package mutating func readNumber() throws(JSONError) -> JSONNumber {
        try expect(.number)
        return JSONNumber(checkedText: String(decoding: slice(try scanNumber()), as: UTF8.self))
    }

    /// The next number as a whole one.
    /// - Throws: `notAnInteger` for a fraction or an exponent, `integerOutOfRange` beyond 64 bits.
    package mutating func readInteger() throws(JSONError) -> Int64 {
        try expect(.number)
        let range = try scanNumber()
        switch JSONNumber.integer(slice(range)) {
        case .integer(let value): return value
        case .notAnInteger: throw error(.notAnInteger, at: range.lowerBound)
        case .outOfRange: throw error(.integerOutOfRange, at: range.lowerBound)
        }
    }

    package mutating func readBool() throws(JSONError) -> Bool {
        try expect(.bool)
        let isTrue = current == UInt8(ascii: "t")
        try takeLiteral(isTrue ? "true" : "false")
        return isTrue
    }

    package mutating func readNull() throws(JSONError) {
        try expect(.null)
        try takeLiteral("null")
    }

    /// Whether null comes next; if so it is taken.
    package mutating func readNullIfPresent() throws(JSONError) -> Bool {
        guard try peek() == .null else { return false }
        try readNull()
        return true
    }

    private mutating func takeLiteral(_ literal: StaticString) throws(JSONError) {
        for index in 0..<literal.utf8CodeUnitCount { try take(literal.utf8Start[index]) }
    }

    /// Checks a number against the grammar of RFC 8259 §6.
    mutating func scanNumber() throws(JSONError) -> Range<Int> {
        let start = offset
        if current == Ascii.minus { offset += 1 }
        let first = offset
        try takeDigits()
        guard bytes[first] != Ascii.zero || offset == first + 1 else { throw error(.invalidNumber, at: first) }
        if current == Ascii.dot {
            offset += 1
            try takeDigits()
        }
        if current | 0x20 == UInt8(ascii: "e") {
            offset += 1
            if current == Ascii.plus || current == Ascii.minus { offset += 1 }
            try takeDigits()
        }
        return start..<offset
    }

    private mutating func takeDigits() throws(JSONError) {
        guard Ascii.isDigit(current) else { throw error(.invalidNumber) }
        while Ascii.isDigit(current) { offset += 1 }
    }
}
