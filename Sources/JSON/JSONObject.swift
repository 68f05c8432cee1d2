/// One member of an object.
package struct JSONMember: Hashable, Sendable {
    package let name: String
    package let value: JSONValue

    package init(name: String, value: JSONValue) {
        self.name = name
        self.value = value
    }
}

/// An object: members in the order they were written, each name once.
///
/// A look-up walks small objects, which nearly all are, and asks an index in large ones, so that a body of a
/// hundred thousand members costs no more per member than one of ten.
package struct JSONObject: Sendable {
    package let members: [JSONMember]
    private let positions: [String: Int]?

    private static let walkedCountMax = 16

    /// An object of these members; nil if a name occurs twice.
    package init?(_ members: [JSONMember]) {
        guard Set(members.map(\.name)).count == members.count else { return nil }
        self.init(distinct: members)
    }

    /// For the scanner, which has refused a second member of a name already.
    init(distinct members: [JSONMember]) {
        self.members = members
        positions =
            members.count <= JSONObject.walkedCountMax
            ? nil
            // Two names may differ in bytes and be equal as Unicode text; then the first is found.
            : Dictionary(members.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    package var count: Int { members.count }

    package subscript(name: String) -> JSONValue? {
        position(of: name).map { members[$0].value }
    }

    func position(of name: String) -> Int? {
        if let positions { return positions[name] }
        return members.firstIndex { $0.name == name }
    }
}

/// Objects are equal when they hold the same members in the same order: what is compared here are texts we wrote.
extension JSONObject: Hashable {
    package static func == (one: JSONObject, other: JSONObject) -> Bool { one.members == other.members }

    package func hash(into hasher: inout Hasher) { hasher.combine(members) }
}
