import Crypto
import JSON
import Storage

/// The last part of the address a provider sends notifications to. Nobody guesses it, and it names book, provider account and
/// secrets: it says which book, and its hash is where the rest is found.
///
/// Knowing it lets nobody be believed. What arrives there must be signed.
package struct NotificationEndpoint: Hashable, Sendable {
    static let randomByteCount = 24

    package let book: BookID
    package let text: String

    /// - Parameter random: Bytes from a random source.
    init(book: BookID, random: [UInt8]) {
        self.book = book
        text = "\(Self.prefix)_\(book.rawValue)_\(Base64.url.encode(random))"
    }

    /// Reads the text form; nil for anything that no endpoint of ours looks like.
    package init?(text: String) {
        let parts = text.split(separator: "_", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == Self.prefix, let number = Int64(parts[1]), String(number) == parts[1],
            Base64.url.decode(String(parts[2]))?.count == Self.randomByteCount
        else { return nil }
        book = BookID(rawValue: number)
        guard book.isTenant else { return nil }
        self.text = text
    }

    /// What is stored in clear. The endpoint is found by it, so that no comparison takes longer for a guess that is nearly right.
    var hash: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }

    private static let prefix: Substring = "whe"
}
