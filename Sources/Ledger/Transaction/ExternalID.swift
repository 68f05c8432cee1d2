/// The caller's own name for a ledger transaction, unique within a book. It stands in events in clear, so its letters are
/// limited to what an order number or a reference needs: 1 to 128 of `[A-Za-z0-9_.:/-]`.
package struct ExternalID: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package init?(_ text: String) {
        guard (1...ExternalID.lengthMax).contains(text.utf8.count), text.utf8.allSatisfy(ExternalID.allows)
        else { return nil }
        self.text = text
    }

    package var description: String { text }

    package static let lengthMax = 128

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
