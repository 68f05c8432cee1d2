/// One record of a CSV file and the line it begins on.
package struct CSVRecord: Hashable, Sendable {
    /// Counted from 1.
    package let line: Int
    package let fields: [String]

    package init(line: Int, fields: [String]) {
        self.line = line
        self.fields = fields
    }
}

/// Reads CSV as RFC 4180 has it, record by record, from bytes.
///
/// Strict, because a file that is almost CSV is most likely damaged: lines end with CRLF or with LF, but all alike; a quote
/// begins a field or is none; nothing follows a closing quote; the text is UTF-8 without control characters. The last line may
/// lack its ending, as the RFC allows: whether a file is torn is for its format to tell.
package struct CSVReader {
    /// No column of any format comes near it; a field that does is a quote that was never closed.
    package static let fieldBytesMax = 4_096

    private let bytes: [UInt8]
    private var position: Int
    private var line = 1
    private var ending: LineEnding?

    private enum LineEnding { case lineFeed, carriageReturnLineFeed }

    /// A byte order mark at the start is passed over.
    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// The next record; nil after the last.
    package mutating func next() throws(StatementRejection) -> CSVRecord? {
        guard position < bytes.count else { return nil }
        let first = line
        var fields: [String] = []
        while true {
            fields.append(try field())
            guard position < bytes.count else { break }
            if bytes[position] == Self.comma {
                position += 1
                continue
            }
            try takeLineEnding()
            break
        }
        return CSVRecord(line: first, fields: fields)
    }

    // MARK: Fields

    private mutating func field() throws(StatementRejection) -> String {
        position < bytes.count && bytes[position] == Self.quote ? try quotedField() : try plainField()
    }

    private mutating func plainField() throws(StatementRejection) -> String {
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case Self.comma, Self.lineFeed, Self.carriageReturn: return try text(bytes[start..<position])
            case Self.quote: throw fault(.quoteInsideField)
            default: position += 1
            }
        }
        return try text(bytes[start..<position])
    }

    /// A field in quotes, in which two quotes stand for one and a line may break.
    private mutating func quotedField() throws(StatementRejection) -> String {
        let firstLine = line
        position += 1
        var content: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == Self.quote {
                guard position < bytes.count, bytes[position] == Self.quote else { return try close(content) }
                position += 1
            }
            if byte == Self.lineFeed { line += 1 }
            content.append(byte)
            guard content.count <= Self.fieldBytesMax else { throw StatementRejection(line: firstLine, .tooLong) }
        }
        throw StatementRejection(line: firstLine, .malformedText(.unterminatedQuote))
    }

    private func close(_ content: [UInt8]) throws(StatementRejection) -> String {
        if position < bytes.count, ![Self.comma, Self.lineFeed, Self.carriageReturn].contains(bytes[position]) {
            throw fault(.textAfterQuote)
        }
        return try text(content[...])
    }

    private func text(_ field: ArraySlice<UInt8>) throws(StatementRejection) -> String {
        guard field.count <= Self.fieldBytesMax else { throw StatementRejection(line: line, .tooLong) }
        guard field.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == Self.lineFeed || $0 == Self.carriageReturn }) else {
            throw fault(.controlCharacter)
        }
        guard let text = String(validating: field, as: UTF8.self) else { throw fault(.notUTF8) }
        return text
    }

    // MARK: Lines

    private mutating func takeLineEnding() throws(StatementRejection) {
        var found = LineEnding.lineFeed
        if bytes[position] == Self.carriageReturn {
            position += 1
            guard position < bytes.count, bytes[position] == Self.lineFeed else { throw fault(.bareCarriageReturn) }
            found = .carriageReturnLineFeed
        }
        position += 1
        guard ending ?? found == found else { throw fault(.mixedLineEndings) }
        ending = found
        line += 1
    }

    private func fault(_ fault: TextFault) -> StatementRejection {
        StatementRejection(line: line, .malformedText(fault))
    }

    private static let comma = UInt8(ascii: ",")
    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed: UInt8 = 0x0A
    private static let carriageReturn: UInt8 = 0x0D
}

extension StatementFault {
    fileprivate static var tooLong: StatementFault { .malformedText(.fieldTooLong(max: CSVReader.fieldBytesMax)) }
}
