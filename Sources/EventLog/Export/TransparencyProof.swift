import JSON

/// Everything a stranger needs to check that one event is in the log, in one text: C2SP tlog-proof with the event in it.
///
/// The event's exact bytes are the `extra` line. They are not to be believed until `verify` has hashed them up to
/// a checkpoint that a trusted key signed.
package struct TransparencyProof: Hashable, Sendable {
    package let event: [UInt8]
    package let inclusion: InclusionProof
    package let checkpoint: SignedNote

    package init(event: [UInt8], inclusion: InclusionProof, checkpoint: SignedNote) {
        self.event = event
        self.inclusion = inclusion
        self.checkpoint = checkpoint
    }

    private static let header = "c2sp.org/tlog-proof@v1"
    private static let extra = "extra "
    private static let index = "index "

    package var encoded: String {
        let lines = [Self.header, Self.extra + Base64.standard.encode(event), Self.index + String(inclusion.index)]
        let hashes = inclusion.hashes.map(\.description)
        return (lines + hashes).map { $0 + "\n" }.joined() + "\n" + checkpoint.encoded
    }
}

extension TransparencyProof {
    package init(_ text: String) throws {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let blank = lines.firstIndex(where: { $0.isEmpty }), blank >= 3, lines[0] == Self.header,
            lines[1].hasPrefix(Self.extra), lines[2].hasPrefix(Self.index),
            let event = Base64.standard.decode(String(lines[1].dropFirst(Self.extra.count))),
            let index = UInt64(plainDigits: String(lines[2].dropFirst(Self.index.count)))
        else { throw TransparencyProofRejection.malformed }
        let hashes = try lines[3..<blank].map { line in
            guard let hash = TreeHash(base64: line) else { throw TransparencyProofRejection.malformed }
            return hash
        }
        let note = try SignedNote(lines[(blank + 1)...].joined(separator: "\n"))
        // The size is the checkpoint's; a proof for another size leads to another root and is refused by `verify`.
        let size = try Checkpoint(text: note.text).size
        self.init(
            event: event, inclusion: InclusionProof(index: index, size: size, hashes: hashes), checkpoint: note)
    }

    /// Checks signature, proof and place, and answers the checkpoint that vouches for the event.
    @discardableResult
    package func verify(with keys: [VerifierKey], origin: String) throws -> Checkpoint {
        let signed = try Checkpoint(note: checkpoint, keys: keys)
        guard signed.origin == origin else { throw TransparencyProofRejection.otherLog(signed.origin) }
        guard signed.size == inclusion.size else { throw TransparencyProofRejection.otherSize(signed.size) }
        try inclusion.verify(leaf: .leaf(event), root: signed.root)
        return signed
    }
}

/// Why a proof file was refused; what its parts are refused for has its own error.
package enum TransparencyProofRejection: Error, Hashable, Sendable {
    case malformed
    /// The checkpoint is signed, but for the log of this origin.
    case otherLog(String)
    /// The checkpoint is of another tree size than the proof.
    case otherSize(UInt64)
}
