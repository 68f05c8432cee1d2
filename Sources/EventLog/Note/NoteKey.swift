import Crypto

/// What a note's signature line names: the key's name and the four bytes that tell keys of one name apart.
package struct NoteKeyID: Hashable, Sendable {
    /// Not empty, no space and no plus sign; by custom a URL without its scheme.
    package let name: String
    /// The first four bytes of SHA-256(name ‖ "\n" ‖ algorithm ‖ public key), big-endian. A hint, not a security measure.
    package let hash: UInt32

    /// Signature type byte of plain Ed25519 in C2SP signed-note; the only one used here.
    static let ed25519: UInt8 = 0x01

    init(name: String, hash: UInt32) {
        self.name = name
        self.hash = hash
    }

    init(name: String, publicKey: some Sequence<UInt8>) {
        var hasher = SHA256()
        hasher.update(data: Array(name.utf8) + [UInt8(ascii: "\n"), Self.ed25519] + publicKey)
        self.init(name: name, hash: hasher.finalize().prefix(4).reduce(0) { $0 << 8 | UInt32($1) })
    }

    static func isValidName(_ name: some StringProtocol) -> Bool {
        !name.isEmpty
            && name.unicodeScalars.allSatisfy { !$0.properties.isWhitespace && $0 != "+" && $0.value >= 0x20 }
    }

    /// Eight hexadecimal digits, as in key texts.
    var hexHash: String {
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }

    /// The hash of a key text: eight lower-case hexadecimal digits and nothing else.
    static func parseHash(_ text: some StringProtocol) -> UInt32? {
        let isHex = text.utf8.allSatisfy {
            UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0
        }
        return isHex && text.utf8.count == 8 ? UInt32(text, radix: 16) : nil
    }
}

/// Why a key text was not taken. It never repeats the text, which may be a secret.
package enum NoteKeyRejection: Error, Hashable, Sendable {
    /// Not of the form `name+hash+base64` (with `PRIVATE+KEY+` in front for a signing key).
    case malformed
    /// The name is empty, or holds a space, a control character or a plus sign.
    case invalidName
    /// Not plain Ed25519 with a key of 32 bytes.
    case unsupportedAlgorithm
    /// The hash in the text is not that of the name and the key: some part of it was mistyped.
    case hashDisagrees
}
