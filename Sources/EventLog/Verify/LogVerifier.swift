/// Checks an exported log with nothing but its bytes and the log's key: event by event, up to the signed checkpoints.
///
/// The file may be of any size: it is taken piece by piece, and only the line in hand is kept.
package struct LogVerifier {
    /// The longest line a log can have; a longer one is no export of ours.
    package static let lineBytesMax = 16 << 20

    private let keys: [VerifierKey]
    private var line: [UInt8] = []
    private var announced: (book: String, size: UInt64)?
    private var chain = EventChain(book: nil)
    private var tree = RightEdge()
    private var lastCheckpoint: Checkpoint?
    /// Once a root differed all later ones do, and saying so would name events that are right.
    private var hasDiffered = false
    private var hasEnded = false
    private var findings: [LogFinding] = []

    package init(keys: [VerifierKey]) {
        self.keys = keys
    }

    /// Takes the next piece of the file, which may end anywhere.
    package mutating func take(_ bytes: some Sequence<UInt8>) {
        for byte in bytes where !hasEnded {
            guard byte == UInt8(ascii: "\n") else {
                line.append(byte)
                if line.count > Self.lineBytesMax { end(with: .unreadableLine(after: chain.sequence)) }
                continue
            }
            takeLine(line)
            line.removeAll(keepingCapacity: true)
        }
    }

    private mutating func end(with finding: LogFinding) {
        findings.append(finding)
        hasEnded = true
    }

    private mutating func takeLine(_ line: [UInt8]) {
        guard let content = try? ExportLine(line) else {
            return findings.append(.unreadableLine(after: chain.sequence))
        }
        switch content {
        case .header(let book, let size) where announced == nil:
            announced = (book, size)
            chain = EventChain(book: book)
        case .header: findings.append(.unreadableLine(after: chain.sequence))
        case _ where announced == nil: end(with: .noHeader)
        case .event(let bytes):
            _ = chain.take(bytes, adding: &findings)
            tree.append(.leaf(bytes))
        case .checkpoint(let note): take(note)
        }
    }

    private mutating func take(_ note: SignedNote) {
        guard let checkpoint = try? Checkpoint(note: note, keys: keys) else {
            return findings.append(.checkpointNotBelieved(after: chain.sequence))
        }
        let origin = LogOrigin(book: announced?.book ?? "", epoch: chain.epoch)
        guard checkpoint.origin == origin.description, checkpoint.size == tree.size, tree.size > 0 else {
            return findings.append(.checkpointMisplaced(after: chain.sequence))
        }
        if checkpoint.root != tree.root, !hasDiffered {
            hasDiffered = true
            let agreed = Int64(lastCheckpoint?.size ?? 0)
            findings.append(.notWhatWasSigned(LogFinding.events(after: agreed, upTo: chain.sequence)))
        }
        lastCheckpoint = checkpoint
    }

    /// Ends the file, and says what was found.
    package mutating func finish() -> LogVerification {
        if !line.isEmpty, !hasEnded { findings.append(.unreadableLine(after: chain.sequence)) }
        if let announced, !hasEnded {
            let size = Int64(clamping: announced.size)
            if chain.sequence < size { findings.append(.missingEvents(chain.sequence + 1...size)) }
            if chain.sequence > size { findings.append(.surplusEvents(after: size)) }
            let signed = Int64(lastCheckpoint?.size ?? 0)
            if signed < chain.sequence { findings.append(.notSigned(signed + 1...chain.sequence)) }
        } else if !hasEnded {
            findings.append(.noHeader)
        }
        return LogVerification(
            book: announced?.book, size: tree.size, root: tree.root, checkpoint: lastCheckpoint, findings: findings)
    }
}

/// What a verifier found.
package struct LogVerification: Sendable {
    package let book: String?
    /// How many events were read.
    package let size: UInt64
    package let root: TreeHash
    /// The last checkpoint that a trusted key signed.
    package let checkpoint: Checkpoint?
    package let findings: [LogFinding]

    /// Every event is in its place, and all of them are what the checkpoints say.
    package var isSound: Bool { findings.isEmpty }
}
