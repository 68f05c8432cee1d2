import Crypto
import JSON

/// The public half of a log's key, written `name+hash+base64`: all a stranger needs to check what the log signed.
package struct VerifierKey: Hashable, Sendable {
    package let id: NoteKeyID
    /// The 32 bytes of RFC 8032.
    package let publicKey: [UInt8]

    init(name: String, publicKey: Curve25519.Signing.PublicKey) {
        self.publicKey = Array(publicKey.rawRepresentation)
        self.id = NoteKeyID(name: name, publicKey: self.publicKey)
    }

    package init(_ text: String) throws(NoteKeyRejection) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let hash = NoteKeyID.parseHash(parts[1]),
            let key = Base64.standard.decode(String(parts[2]))
        else {
            throw .malformed
        }
        guard NoteKeyID.isValidName(parts[0]) else { throw .invalidName }
        guard key.first == NoteKeyID.ed25519, key.count == 1 + 32 else { throw .unsupportedAlgorithm }
        publicKey = Array(key.dropFirst())
        id = NoteKeyID(name: String(parts[0]), publicKey: publicKey)
        guard id.hash == hash else { throw .hashDisagrees }
    }

    package func isValid(_ signature: [UInt8], over text: String) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return false }
        return key.isValidSignature(signature, for: Array(text.utf8))
    }
}

extension VerifierKey: CustomStringConvertible {
    /// The key text, as `init(_:)` reads it.
    package var description: String {
        "\(id.name)+\(id.hexHash)+\(Base64.standard.encode([NoteKeyID.ed25519] + publicKey))"
    }
}
