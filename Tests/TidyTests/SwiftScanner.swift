/// Goes once over the bytes of a Swift file and copies each to the part it belongs to.
struct SwiftScanner {
    private let bytes: [UInt8]
    private(set) var code: [UInt8]
    private(set) var comments: [UInt8]
    private(set) var literals: [SwiftText.Literal] = []

    private var position = 0
    private var line = 1

    init(bytes: [UInt8]) {
        self.bytes = bytes
        code = bytes.map { $0 == .newline ? .newline : .blank }
        comments = code
    }

    /// Reads to the end of the text or, inside an interpolation, through its closing parenthesis.
    mutating func scanCode(insideInterpolation: Bool) {
        var depth = 0
        while let byte = peek() {
            if byte == .slash && peek(1) == .slash {
                scanLineComment()
            } else if byte == .slash && peek(1) == .star {
                scanBlockComment()
            } else if let hashes = hashesBeforeQuote() {
                scanLiteral(hashes: hashes)
            } else if insideInterpolation && depth == 0 && byte == .closing {
                return advance(1)
            } else {
                if byte == .opening { depth += 1 }
                if byte == .closing { depth -= 1 }
                takeCode()
            }
        }
    }

    private mutating func scanLineComment() {
        while let byte = peek(), byte != .newline { takeComment(1) }
    }

    /// Block comments nest in Swift.
    private mutating func scanBlockComment() {
        var depth = 0
        repeat {
            if peek() == .slash && peek(1) == .star {
                depth += 1
                takeComment(2)
            } else if peek() == .star && peek(1) == .slash {
                depth -= 1
                takeComment(2)
            } else {
                takeComment(1)
            }
        } while depth > 0 && peek() != nil
    }

    private mutating func scanLiteral(hashes: Int) {
        let pounds = [UInt8](repeating: .hash, count: hashes)
        let escape = [.backslash] + pounds
        let firstLine = line
        var text: [UInt8] = []
        advance(hashes)
        let quotes = peek(1) == .quote && peek(2) == .quote ? 3 : 1
        let end = [UInt8](repeating: .quote, count: quotes) + pounds
        takeCode()
        advance(quotes - 1)
        while let byte = peek(), !(byte == .quote && starts(with: end)) {
            if byte != .backslash || !starts(with: escape) {
                text.append(byte)
                advance(1)
                continue
            }
            advance(escape.count)
            text.append(.blank)
            let opensInterpolation = peek() == .opening
            advance(1)
            if opensInterpolation { scanCode(insideInterpolation: true) }
        }
        if peek() != nil { takeCode() }
        advance(end.count - 1)
        literals.append(SwiftText.Literal(line: firstLine, text: String(decoding: text, as: UTF8.self)))
    }

    /// How many `#` stand before the quotation mark here; nil if no literal begins here.
    private func hashesBeforeQuote() -> Int? {
        var count = 0
        while peek(count) == .hash { count += 1 }
        return peek(count) == .quote ? count : nil
    }

    private func peek(_ ahead: Int = 0) -> UInt8? {
        position + ahead < bytes.count ? bytes[position + ahead] : nil
    }

    private func starts(with wanted: [UInt8]) -> Bool {
        bytes[position...].starts(with: wanted)
    }

    private mutating func takeCode() {
        code[position] = bytes[position]
        advance(1)
    }

    private mutating func takeComment(_ count: Int) {
        for index in position..<min(position + count, bytes.count) { comments[index] = bytes[index] }
        advance(count)
    }

    /// Stops at the end of the text, where a literal or a comment was never closed.
    private mutating func advance(_ count: Int) {
        let next = min(position + count, bytes.count)
        for byte in bytes[position..<next] where byte == .newline { line += 1 }
        position = next
    }
}

extension UInt8 {
    fileprivate static let newline = UInt8(ascii: "\n")
    fileprivate static let blank = UInt8(ascii: " ")
    fileprivate static let quote = UInt8(ascii: "\"")
    fileprivate static let backslash = UInt8(ascii: "\\")
    fileprivate static let hash = UInt8(ascii: "#")
    fileprivate static let slash = UInt8(ascii: "/")
    fileprivate static let star = UInt8(ascii: "*")
    fileprivate static let opening = UInt8(ascii: "(")
    fileprivate static let closing = UInt8(ascii: ")")
}
