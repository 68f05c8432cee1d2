/// An element with all that is in it.
struct XMLElement: Hashable {
    let tag: XMLTag
    private(set) var text = ""
    private(set) var children: [XMLElement] = []

    /// Reads the rest of an element whose beginning has been read.
    init(_ tag: XMLTag, from reader: inout XMLReader) throws(StatementRejection) {
        self.tag = tag
        while let event = try reader.next() {
            switch event {
            case .start(let child): children.append(try XMLElement(child, from: &reader))
            case .text(let part): text += part
            case .end:
                text = Self.trimmed(text)
                return
            }
        }
        throw StatementRejection(line: tag.line, .torn)
    }

    var line: Int { tag.line }

    func all(_ name: String) -> [XMLElement] { children.filter { $0.tag.name == name } }

    /// The first element at the end of a path of names below this one.
    func first(_ path: String...) -> XMLElement? {
        var element: XMLElement? = self
        for name in path { element = element?.children.first { $0.tag.name == name } }
        return element
    }

    func rejection(_ fault: StatementFault) -> StatementRejection { StatementRejection(line: line, fault) }

    private static func trimmed(_ text: String) -> String {
        let kept = text.drop { $0.isWhitespace }
        guard let last = kept.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(kept[...last])
    }
}
