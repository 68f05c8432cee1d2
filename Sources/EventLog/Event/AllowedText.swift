/// A text from outside that may stand in an event in clear: 1 to 128 of `[A-Za-z0-9_.:/-]`.
///
/// An event is for ever and goes to everybody, so nothing enters it that somebody may one day have to erase. These letters
/// are enough for references, codes and identifiers, and too few for a sentence or an e-mail address. Everything else
/// is kept beside the log and enters as a `SaltedHash`.
package struct AllowedText: Hashable, Sendable, CustomStringConvertible {
    package static let lengthMax = 128

    package let text: String

    package init?(_ text: some StringProtocol) {
        guard 1...Self.lengthMax ~= text.utf8.count, text.utf8.allSatisfy(Self.allows) else { return nil }
        self.text = String(text)
    }

    package var description: String { text }

    private static func allows(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: ":"),
            UInt8(ascii: "/"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

/// Texts our own code writes down, such as the name of a worker. A wrong one is a bug.
extension AllowedText: ExpressibleByStringLiteral {
    package init(stringLiteral text: StaticString) {
        guard let allowed = AllowedText(text.description) else {
            preconditionFailure("\(text) may not stand in an event")
        }
        self = allowed
    }
}
