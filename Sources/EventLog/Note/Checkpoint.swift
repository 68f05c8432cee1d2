/// The head of a log at one size: what a C2SP tlog-checkpoint says once it is signed.
///
/// A log never signs two checkpoints of one origin that do not agree; who holds an old one can hold the log to it.
package struct Checkpoint: Hashable, Sendable {
    /// Names the log, `summa/<book>/<epoch>` for ours. Not empty, no control character.
    package let origin: String
    /// How many events the log has, which is the sequence of the last one.
    package let size: UInt64
    package let root: TreeHash
    /// Further lines, each not empty. Ours have none; those of others are kept, being signed.
    package let extensionLines: [String]

    package init(origin: String, size: UInt64, root: TreeHash, extensionLines: [String] = []) {
        self.origin = origin
        self.size = size
        self.root = root
        self.extensionLines = extensionLines
    }

    package func signed(by signer: SignerKey) throws -> SignedNote {
        try SignedNote(signing: text, with: signer)
    }

    /// Origin, size and root, a line each, then the extension lines.
    package var text: String {
        ([origin, String(size), root.description] + extensionLines).map { $0 + "\n" }.joined()
    }
}

extension Checkpoint {
    /// Reads the text of a note, whose signatures the caller has checked.
    package init(text: String) throws(CheckpointRejection) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        guard lines.last == "", lines.count >= 4, lines.dropLast().allSatisfy({ !$0.isEmpty }) else {
            throw .malformed
        }
        guard let size = UInt64(plainDigits: lines[1]) else { throw .malformedSize }
        guard let root = TreeHash(base64: lines[2]) else { throw .malformedRoot }
        self.init(origin: lines[0], size: size, root: root, extensionLines: Array(lines[3..<lines.count - 1]))
    }

    /// Reads a note and checks that a trusted key signed it.
    package init(note: SignedNote, keys: [VerifierKey]) throws {
        try note.verify(with: keys)
        try self.init(text: note.text)
    }
}

/// Why a signed text is not a checkpoint.
package enum CheckpointRejection: Error, Hashable, Sendable {
    /// Fewer than three lines, or an empty one.
    case malformed
    /// The second line is not a whole number in plain digits.
    case malformedSize
    /// The third line is not the base64 of 32 bytes.
    case malformedRoot
}
