import Crypto
import JSON

/// The private half of a log's key. It signs notes and prints redacted; `secretText` is the one way to its text.
package struct SignerKey: Sendable {
    package let verifier: VerifierKey
    private let privateKey: Curve25519.Signing.PrivateKey
    private static let marker = "PRIVATE+KEY+"

    /// Makes the key from 32 random bytes, which the caller draws and does not keep.
    package init(name: String, seed: [UInt8]) throws(NoteKeyRejection) {
        guard NoteKeyID.isValidName(name) else { throw .invalidName }
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else { throw .unsupportedAlgorithm }
        privateKey = key
        verifier = VerifierKey(name: name, publicKey: key.publicKey)
    }

    /// Reads `PRIVATE+KEY+name+hash+base64`, the form other signed-note tools write too.
    package init(secretText text: String) throws(NoteKeyRejection) {
        guard text.hasPrefix(Self.marker) else { throw .malformed }
        let parts = text.dropFirst(Self.marker.count)
            .split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let hash = NoteKeyID.parseHash(parts[1]),
            let key = Base64.standard.decode(String(parts[2]))
        else {
            throw .malformed
        }
        guard key.first == NoteKeyID.ed25519 else { throw .unsupportedAlgorithm }
        try self.init(name: String(parts[0]), seed: Array(key.dropFirst()))
        guard verifier.id.hash == hash else { throw .hashDisagrees }
    }

    /// The text `init(secretText:)` reads. Whoever has it can sign in the log's name.
    package var secretText: String {
        let key = Base64.standard.encode([NoteKeyID.ed25519] + privateKey.rawRepresentation)
        return "\(Self.marker)\(verifier.id.name)+\(verifier.id.hexHash)+\(key)"
    }

    package func sign(_ text: String) throws -> NoteSignature {
        let signature = try privateKey.signature(for: Array(text.utf8))
        return NoteSignature(key: verifier.id, signature: Array(signature))
    }
}

extension SignerKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "SignerKey(\(verifier.id.name), redacted)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
