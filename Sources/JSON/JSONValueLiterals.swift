/// Texts written down where they are made, as a request's body is. A member named twice is a mistake of the program.
extension JSONValue: ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    package init(stringLiteral text: String) { self = .string(text) }

    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

    package init(dictionaryLiteral members: (String, JSONValue)...) { self = .object(members) }

    /// An object of these members, without those that are nil.
    package static func object(_ members: [(String, JSONValue?)]) -> JSONValue {
        let present = members.compactMap { name, value in value.map { JSONMember(name: name, value: $0) } }
        guard let object = JSONObject(present) else { preconditionFailure("a member is named once") }
        return .object(object)
    }
}
