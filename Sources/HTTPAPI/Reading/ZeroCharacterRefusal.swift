import JSON

/// Refuses U+0000 in every text of a request, wherever it stands: PostgreSQL's texts cannot hold it, and what is taken must not
/// depend on the database the books are in.
enum ZeroCharacterRefusal {
    /// Looks at every text of a body, the names of members included.
    /// - Parameter body: The bytes of the value: in JSON the character is always written as an escape, so that nearly all bodies
    ///   are known to be without it at a glance.
    static func check(_ value: JSONValue, in body: [UInt8]) throws(Problem) {
        guard holdsEscape(body) else { return }
        try check(value, at: .root)
    }

    static func holds(_ text: String) -> Bool { text.utf8.contains(0) }

    private static func check(_ value: JSONValue, at path: JSONPath) throws(Problem) {
        switch value {
        case .string(let text): try check(text, at: path)
        case .array(let elements):
            for (index, element) in elements.enumerated() { try check(element, at: path.element(index)) }
        case .object(let object):
            for member in object.members {
                try check(member.name, at: path)
                try check(member.value, at: path.member(member.name))
            }
        case .number, .null, .bool: break
        }
    }

    private static func check(_ text: String, at path: JSONPath) throws(Problem) {
        guard holds(text) else { return }
        let param = path.description
        throw Problem(
            .memberInvalid, "no text may hold the character U+0000", param: param.isEmpty ? nil : param)
    }

    /// Whether `\u0000` stands somewhere. An escaped backslash before it may make it another text: the value decides.
    private static func holdsEscape(_ body: [UInt8]) -> Bool {
        let escape = Array(#"\u0000"#.utf8)
        var rest = body[...]
        while let start = rest.firstIndex(of: escape[0]) {
            if body[start...].starts(with: escape) { return true }
            rest = body[(start + 1)...]
        }
        return false
    }
}
