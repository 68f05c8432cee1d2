import JSON

/// What an event holds of a value that may not stand in it: SHA-256(salt ‖ value).
///
/// The salt lies with the value, outside the log. While both are there, anybody who has them can show that the event
/// spoke of this value; when they are erased, the hash says nothing, not even to who guesses the value.
package struct SaltedHash: Hashable, Sendable {
    private let hash: TreeHash

    /// Random bytes of one fixed length, so that no salt and value can be read as another pair.
    package struct Salt: Hashable, Sendable {
        package static let byteCount = 16
        package let bytes: [UInt8]

        package init?(_ bytes: [UInt8]) {
            guard bytes.count == Self.byteCount else { return nil }
            self.bytes = bytes
        }
    }

    package init(of value: some Sequence<UInt8>, salt: Salt) {
        hash = .sha256(salt.bytes + value)
    }

    /// Reads the text form; nil unless it is the base64 of 32 bytes.
    package init?(text: String) {
        guard let hash = TreeHash(base64: text) else { return nil }
        self.hash = hash
    }
}

extension SaltedHash: CustomStringConvertible {
    /// The text form in events: standard base64.
    package var description: String { hash.description }
}
