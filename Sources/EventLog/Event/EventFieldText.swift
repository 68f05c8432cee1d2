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
        case .object: "object"
        case .list(.object): "list of objects"
        case .list(let kind): "list of \(kind.name)"
        }
    }

    func isValid(_ text: String) -> Bool {
        switch self {
        case .text: AllowedText(text) != nil
        case .oneOf(let values): values.contains(text)
        case .identifier(let prefix): AnyIdentifier.isValid(text, prefix: prefix)
        // One spelling only: reading and writing it again must give the same text.
        case .instant: Instant(text: text)?.description == text
        case .day: Instant(text: "\(text)T00:00:00Z")?.description.prefix(10) == text[...]
        case .hash: SaltedHash(text: text) != nil
        case .integer, .boolean, .object, .list: false
        }
    }
}

/// The text form all identifiers share: a prefix, an underscore, 13 characters of Crockford's base32.
private enum AnyIdentifier {
    static func isValid(_ text: String, prefix: String) -> Bool {
        let letters = text.utf8.dropFirst(prefix.utf8.count + 1)
        return text.hasPrefix(prefix + "_") && letters.count == 13
            && letters.allSatisfy { "0123456789abcdefghjkmnpqrstvwxyz".utf8.contains($0) }
    }
}
