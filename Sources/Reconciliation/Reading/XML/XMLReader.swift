/// What stands next in an XML text.
enum XMLEvent: Hashable {
    case start(XMLTag)
    case end(String)
    case text(String)
}

/// The beginning of an element: its name without prefix, its attributes, its line.
struct XMLTag: Hashable {
    let name: String
    let attributes: [String: String]
    let line: Int
}

/// Reads XML from bytes, one event after another, as far as bank files need it.
///
/// No document type is accepted, and with it no entity but the five every XML has: a file can neither grow without bound in
/// memory nor make us fetch anything. Prefixes of names are dropped; white space between elements is kept as text.
struct XMLReader {
    /// Deeper than any statement; a text that is deeper is no statement.
    static let depthMax = 64

    private let bytes: [UInt8]
    private var position: Int
    private(set) var line = 1
    private var open: [String] = []
    /// The end of an element that was written as one tag.
    private var pendingEnd: String?

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// The next event; nil at the end of a text in which every element was closed.
    mutating func next() throws(StatementRejection) -> XMLEvent? {
        if let name = pendingEnd {
            pendingEnd = nil
            return .end(name)
        }
        while position < bytes.count {
            guard bytes[position] == UInt8(ascii: "<") else { return .text(try characters()) }
            if starts(with: "<?") {
                _ = try take(through: "?>")
            } else if starts(with: "<!--") {
                _ = try take(through: "-->")
            } else if starts(with: "<![CDATA[") {
                position += 9
                return .text(try string(take(through: "]]>").dropLast(3)))
            } else if starts(with: "<!") {
                throw fault("a document type")
            } else {
                return try starts(with: "</") ? endTag() : startTag()
            }
        }
        guard open.isEmpty else { throw StatementRejection(line: line, .torn) }
        return nil
    }

    // MARK: Tags

    private mutating func startTag() throws(StatementRejection) -> XMLEvent {
        let first = line
        position += 1
        let name = try self.name()
        var attributes: [String: String] = [:]
        while try !takeTagEnd(of: name) {
            let attribute = try self.name()
            guard attributes.updateValue(try attributeValue(), forKey: attribute) == nil else {
                throw fault("an attribute twice")
            }
        }
        return .start(XMLTag(name: name, attributes: attributes, line: first))
    }

    /// Takes `>` or `/>`; false when an attribute comes first.
    private mutating func takeTagEnd(of name: String) throws(StatementRejection) -> Bool {
        skipSpace()
        if starts(with: "/>") {
            position += 2
            pendingEnd = name
            return true
        }
        guard starts(with: ">") else { return false }
        position += 1
        open.append(name)
        guard open.count <= Self.depthMax else { throw fault("too deep") }
        return true
    }

    private mutating func endTag() throws(StatementRejection) -> XMLEvent {
        position += 2
        let name = try self.name()
        skipSpace()
        guard starts(with: ">") else { throw fault("an end tag that does not end") }
        position += 1
        guard open.popLast() == name else { throw fault("an end tag of another element") }
        return .end(name)
    }

    private mutating func attributeValue() throws(StatementRejection) -> String {
        skipSpace()
        guard starts(with: "=") else { throw fault("an attribute without a value") }
        position += 1
        skipSpace()
        guard starts(with: "\"") || starts(with: "'") else { throw fault("a value without quotes") }
        let quote = String(UnicodeScalar(bytes[position]))
        position += 1
        return try decoded(take(through: quote).dropLast())
    }

    /// A name, without its prefix.
    private mutating func name() throws(StatementRejection) -> String {
        let start = position
        while position < bytes.count, Self.isNameByte(bytes[position]) { position += 1 }
        guard position > start else { throw fault("a tag without a name") }
        let whole = try string(bytes[start..<position])
        return whole.split(separator: ":").last.map(String.init) ?? whole
    }

    // MARK: Text

    private mutating func characters() throws(StatementRejection) -> String {
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "<") {
            if bytes[position] == 0x0A { line += 1 }
            position += 1
        }
        return try decoded(bytes[start..<position])
    }

    private func decoded(_ raw: ArraySlice<UInt8>) throws(StatementRejection) -> String {
        guard raw.contains(UInt8(ascii: "&")) else { return try string(raw) }
        var text = ""
        for (index, part) in try string(raw).split(separator: "&", omittingEmptySubsequences: false).enumerated() {
            guard index > 0 else {
                text += part
                continue
            }
            guard let end = part.firstIndex(of: ";"), let scalar = XMLEntity.scalar(named: part[..<end]) else {
                throw fault("an unknown entity")
            }
            text.unicodeScalars.append(scalar)
            text += part[part.index(after: end)...]
        }
        return text
    }

    private func string(_ raw: ArraySlice<UInt8>) throws(StatementRejection) -> String {
        guard let text = String(validating: raw, as: UTF8.self) else {
            throw StatementRejection(line: line, .malformedText(.notUTF8))
        }
        return text
    }

    // MARK: Bytes

    private mutating func take(through end: String) throws(StatementRejection) -> ArraySlice<UInt8> {
        let start = position
        while position < bytes.count {
            if starts(with: end) {
                position += end.utf8.count
                return bytes[start..<position]
            }
            if bytes[position] == 0x0A { line += 1 }
            position += 1
        }
        throw StatementRejection(line: line, .torn)
    }

    private mutating func skipSpace() {
        while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
            if bytes[position] == 0x0A { line += 1 }
            position += 1
        }
    }

    private func starts(with words: String) -> Bool {
        bytes[position...].starts(with: words.utf8)
    }

    private func fault(_ what: String) -> StatementRejection {
        StatementRejection(line: line, .malformedText(.notXML(what)))
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: ":"), 0x80...:
            true
        default: false
        }
    }
}

/// The entities every XML has: five by name, and characters by number.
private enum XMLEntity {
    static func scalar(named name: Substring) -> Unicode.Scalar? {
        switch name {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default: break
        }
        guard name.first == "#", name.count <= 8 else { return nil }
        let digits = name.dropFirst()
        let number = digits.first == "x" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        // Neither NUL nor another control character is text.
        return number.flatMap(Unicode.Scalar.init).flatMap { $0.value >= 0x20 ? $0 : nil }
    }
}
