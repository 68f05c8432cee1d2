import EventLog
import Storage

/// The name of a person or program that acts: 1 to 64 of `[a-z0-9_.-]`, so that it can stand in events.
package struct PrincipalName: Hashable, Sendable, CustomStringConvertible {
    package static let lengthMax = 64

    package let text: String

    package init?(_ text: String) {
        guard 1...Self.lengthMax ~= text.utf8.count, text.utf8.allSatisfy(Self.allows) else { return nil }
        self.text = text
    }

    package var description: String { text }

    private static func allows(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"),
            UInt8(ascii: "."), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

/// Who is acting, as an API key has shown. Four eyes are two names, never two keys of one name.
package struct Principal: Hashable, Sendable {
    package let name: PrincipalName
    package let role: Role
    /// The one book it may see and change.
    package let book: BookID
    /// The key it came with.
    package let key: APIKeyID

    package init(name: PrincipalName, role: Role, book: BookID, key: APIKeyID) {
        self.name = name
        self.role = role
        self.book = book
        self.key = key
    }

    /// How events name it: `principal:anna/key_0d7w3h5k9m2qa`.
    package var actor: AllowedText {
        guard let actor = AllowedText("principal:\(name)/\(key)") else {
            preconditionFailure("a principal's name has the letters of an actor")
        }
        return actor
    }
}

/// An API key, as people and events name it. The secret is another thing, `APIKey`.
package struct APIKeyID: Identifier {
    package static let prefix = "key"
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
}
