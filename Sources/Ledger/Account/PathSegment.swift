/// One part of an account path: 1 to 64 letters of `[a-z0-9_.-]`, so that a path never needs quoting, in a log or in a URL,
/// and can never hold a person's name as it is written.
package struct PathSegment: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package init?(_ text: some StringProtocol) {
        guard (1...PathSegment.lengthMax).contains(text.utf8.count), text.utf8.allSatisfy(PathSegment.allows)
        else { return nil }
        self.text = String(text)
    }

    package var description: String { text }

    package static let lengthMax = 64

    private static func allows(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
