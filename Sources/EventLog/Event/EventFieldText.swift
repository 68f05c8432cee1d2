import Storage

/// The kinds of value that are strings: their names on the page, and what they allow.
extension EventField.Kind {
    /// In words, as the page tells it.
    package var name: String {
        switch self {
        case .text: "text"
        case .oneOf(let values): values.map { "`\($0)`" }.joined(separator: ", ")
        case .identifier(let prefix): "identifier `\(prefix)_…`"
        case .integer: "integer"
        case .boolean: "boolean"
        case .instant: "instant"
        case .day: "day"
        case .hash: "salted hash"
        case .digest: "hash"
        case .object: "object"
        case .list(.object): "list of objects"
        case .list(let kind): "list of \(kind.name)"
        }
    }

    func isValid(_ text: String) -> Bool {
        switch self {
        case .text: AllowedText(text) != nil
        case .oneOf(let values): values.contains(text)
        case .identifier(let prefix): IdentifierText.value(of: text, prefix: prefix) != nil
        // One spelling only: reading and writing it again must give the same text.
        case .instant: Instant(text: text)?.description == text
        case .day: Instant(text: "\(text)T00:00:00Z")?.description.prefix(10) == text[...]
        case .hash: SaltedHash(text: text) != nil
        case .digest: TreeHash(base64: text) != nil
        case .integer, .boolean, .object, .list: false
        }
    }
}
