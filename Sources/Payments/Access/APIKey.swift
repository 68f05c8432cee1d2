import Crypto
import JSON
import Storage

/// The secret a caller shows to prove who it is: `sk_test_1_…`. Told once, when it is made, and kept only as a hash.
///
/// It says which book it opens, so that finding it takes one look-up in one book, whatever the number of tenants.
package struct APIKey: Sendable {
    /// Enough that nobody guesses one, and that its plain SHA-256 gives nothing away: no salt, no slow hash is needed.
    package static let secretByteCount = 32

    package let mode: BookMode
    package let book: BookID
    private let text: String

    package init(mode: BookMode, book: BookID, random: some RandomSource) {
        self.mode = mode
        self.book = book
        text = "sk_\(mode.rawValue)_\(book.rawValue)_\(Base64.url.encode(random.bytes(Self.secretByteCount)))"
    }

    /// Reads the text form; nil for anything that no key of ours looks like.
    package init?(text: String) {
        let parts = text.split(separator: "_", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "sk", let mode = BookMode(rawValue: String(parts[1])),
            let book = Self.book(parts[2]), Base64.url.decode(String(parts[3]))?.count == Self.secretByteCount
        else { return nil }
        self.mode = mode
        self.book = book
        self.text = text
    }

    /// What is stored. Keys are found by it, so that no comparison ever takes longer for a guess that is nearly right.
    package var hash: APIKeyHash { APIKeyHash(bytes: Array(SHA256.hash(data: Array(text.utf8)))) }

    /// The secret itself, for the one time it is told. Named so that each use stands out.
    package var revealed: String { text }

    private static func book(_ digits: Substring) -> BookID? {
        guard let number = Int64(digits), String(number) == digits else { return nil }
        let book = BookID(rawValue: number)
        return book.isTenant ? book : nil
    }
}

extension APIKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "APIKey(redacted)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// SHA-256 of a key's text.
package struct APIKeyHash: Hashable, Sendable {
    package let bytes: [UInt8]
}
