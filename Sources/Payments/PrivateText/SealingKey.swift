import Crypto

/// A key that seals bytes with AES-256-GCM: unreadable without it, and unusable when changed or moved to another place.
struct SealingKey: Sendable {
    static let byteCount = 32
    static let nonceByteCount = 12

    private let key: SymmetricKey

    init(_ key: SymmetricKey) {
        self.key = key
    }

    /// - Precondition: 32 bytes.
    init(bytes: [UInt8]) {
        precondition(bytes.count == Self.byteCount, "a key has 256 bits")
        key = SymmetricKey(data: bytes)
    }

    /// Nonce, cipher text and tag.
    /// - Parameters:
    ///   - nonce: 12 random bytes, drawn beforehand and used for one text only.
    ///   - place: Where the sealed bytes will lie; they open nowhere else.
    func seal(_ text: [UInt8], nonce: [UInt8], for place: String) throws -> [UInt8] {
        let nonce = try AES.GCM.Nonce(data: nonce)
        let box = try AES.GCM.seal(text, using: key, nonce: nonce, authenticating: Array(place.utf8))
        return Array(nonce) + Array(box.ciphertext) + Array(box.tag)
    }

    /// - Throws: `SealingFault` when the bytes were sealed by another key, for another place, or changed since.
    func open(_ sealed: [UInt8], from place: String) throws(SealingFault) -> [UInt8] {
        do {
            let box = try AES.GCM.SealedBox(combined: sealed)
            return Array(try AES.GCM.open(box, using: key, authenticating: Array(place.utf8)))
        } catch {
            throw SealingFault(place: place)
        }
    }
}

/// Sealed bytes that do not open: the installation key is another one, or somebody changed or moved them.
package struct SealingFault: Error, Hashable, CustomStringConvertible {
    package let place: String

    package var description: String { "what is sealed at \(place) does not open with this installation's key" }
}
