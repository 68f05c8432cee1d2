/// One line below a note: who signed, and the signature over the note's text.
package struct NoteSignature: Hashable, Sendable {
    package let key: NoteKeyID
    package let signature: [UInt8]
}

/// A text with signatures below it, after C2SP signed-note: the text, an empty line, one line for each signature.
///
/// Its text is not to be believed until `verify` has named a key that is trusted.
package struct SignedNote: Hashable, Sendable {
    /// Ends in a newline; holds no other control character.
    package let text: String
    package private(set) var signatures: [NoteSignature]

    /// Signs a text. Refuses one that would not be read back as the same note.
    package init(signing text: String, with signer: SignerKey) throws {
        guard text.utf8.last == UInt8(ascii: "\n"), Self.isPlain(text.utf8) else { throw NoteRejection.malformed }
        self.text = text
        signatures = [try signer.sign(text)]
    }

    init(text: String, signatures: [NoteSignature]) {
        self.text = text
        self.signatures = signatures
    }

    /// Adds the signature of another key, as a witness or a rotation of keys does.
    package mutating func addSignature(of signer: SignerKey) throws {
        signatures.append(try signer.sign(text))
    }

    /// The note as it is published.
    package var encoded: String {
        signatures.reduce(into: text + "\n") { note, signature in note += signature.line }
    }

    /// No control character but the newline (C2SP signed-note, Format).
    static func isPlain(_ bytes: some Sequence<UInt8>) -> Bool {
        bytes.allSatisfy { $0 >= 0x20 || $0 == UInt8(ascii: "\n") }
    }
}

extension SignedNote {
    /// Checks the signatures and answers the keys that signed.
    ///
    /// Signatures of unknown keys are ignored; one of a known key that does not verify condemns the note.
    @discardableResult
    package func verify(with keys: [VerifierKey]) throws(NoteRejection) -> [VerifierKey] {
        var verified: [VerifierKey] = []
        for signature in signatures {
            guard let key = keys.first(where: { $0.id == signature.key }) else { continue }
            guard key.isValid(signature.signature, over: text) else { throw .invalidSignature(key.id.name) }
            if !verified.contains(key) { verified.append(key) }
        }
        guard !verified.isEmpty else { throw .noKnownSigner }
        return verified
    }
}

/// Why a note is not believed.
package enum NoteRejection: Error, Hashable, Sendable {
    /// Not a signed note at all.
    case malformed
    /// None of its signatures is of a key that is trusted.
    case noKnownSigner
    /// The named key is trusted and did not sign this text.
    case invalidSignature(String)
}
