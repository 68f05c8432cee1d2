import Storage

/// The part of an audit that looks at hashes: tiles above tiles, the head's tree, and the checkpoints outside.
struct TreeAudit {
    private let rows: Rows
    private let head: Head
    private let tree: TiledTree<Rows>

    init(rows: Rows, head: Head) {
        self.rows = rows
        self.head = head
        tree = TiledTree(source: rows)
    }

    /// Each stored hash of the higher levels is that of the 256 stored ones below it.
    func checkTiles(_ findings: inout [LogFinding]) throws {
        for level in 2...TileHash.levelMax {
            for place in 0..<head.sequence.magnitude >> UInt64(level * TileHash.levelStride) {
                var below = RightEdge()
                let places = place * TileHash.width..<(place + 1) * TileHash.width
                for hash in try rows.hashes(tileLevel: level - 1, in: places) { below.append(hash) }
                let stored = try rows.hashes(tileLevel: level, in: place..<place + 1).first
                guard below.size == TileHash.width else { break }
                guard stored != below.root else { continue }
                findings.append(.tileChanged(level: level, events(level * TileHash.levelStride, place)))
            }
        }
    }

    /// The head's tree is what tiles and last events add up to. Its narrower subtrees have no other witness, so they name
    /// the events themselves.
    func checkHead(_ findings: inout [LogFinding]) throws {
        guard let edge = RightEdge(encoded: head.tree), edge.size == head.sequence.magnitude else {
            return findings.append(.headDisagrees)
        }
        var start: UInt64 = 0
        for subtree in edge.subtrees {
            let level = (edge.size - start).bitWidth - 1 - (edge.size - start).leadingZeroBitCount
            let place = start >> UInt64(level)
            start += 1 << UInt64(level)
            guard let hash = try present({ try tree.hash(level: level, index: place) }), hash != subtree else {
                continue
            }
            findings.append(level < TileHash.levelStride ? .eventsChanged(events(level, place)) : .headDisagrees)
        }
    }

    /// Every checkpoint that was ever signed and not cut off is one of this log, as it was at that size.
    func checkCheckpoints(_ notes: [SignedNote], _ keys: [VerifierKey], _ findings: inout [LogFinding]) throws {
        var agreed: Int64 = 0
        for checkpoint in try believed(notes, keys, &findings).sorted(by: { $0.size < $1.size }) {
            guard let origin = LogOrigin(text: checkpoint.origin), origin.book == head.name,
                checkpoint.size > 0
            else {
                findings.append(.checkpointMisplaced(after: Int64(clamping: checkpoint.size)))
                continue
            }
            // An earlier epoch was cut, and the first event after the cut tells where; what was signed before it stays.
            if origin.epoch < head.epoch, try !rows.keeps(origin, size: checkpoint.size) { continue }
            guard origin.epoch <= head.epoch, checkpoint.size <= head.sequence.magnitude else {
                findings.append(.cutBelowCheckpoint(size: checkpoint.size))
                continue
            }
            let root = try present { try tree.root(size: checkpoint.size) }
            if let root, root != checkpoint.root {
                let events = LogFinding.events(after: agreed, upTo: Int64(checkpoint.size))
                return findings.append(.notWhatWasSigned(events))
            }
            agreed = Int64(checkpoint.size)
        }
    }

    private func believed(
        _ notes: [SignedNote], _ keys: [VerifierKey], _ findings: inout [LogFinding]
    ) throws -> [Checkpoint] {
        notes.compactMap { note in
            if let checkpoint = try? Checkpoint(note: note, keys: keys) { return checkpoint }
            let size = (try? Checkpoint(text: note.text).size) ?? 0
            findings.append(.checkpointNotBelieved(after: Int64(clamping: size)))
            return nil
        }
    }

    /// The hash, or nil where something below it is missing, which has been named already.
    private func present(_ hash: () throws -> TreeHash) throws -> TreeHash? {
        do { return try hash() } catch is MissingTreeHashes { return nil }
    }

    private func events(_ level: Int, _ place: UInt64) -> ClosedRange<Int64> {
        Int64(place << UInt64(level)) + 1...Int64((place + 1) << UInt64(level))
    }
}
