import Storage

/// Checks the log of one book in its database: events against stored hashes, those against the head, and the whole
/// against the checkpoints outside. Whoever has changed one of these and not the others is found here.
///
/// Events are read in pages of one tile, each from a snapshot of its own, so that an audit may run beside a busy writer;
/// what is appended meanwhile is not looked at.
package struct LogAudit {
    private let snapshots: LogExport.Snapshots

    package init(snapshots: @escaping LogExport.Snapshots) {
        self.snapshots = snapshots
    }

    package init(database: Database, book: BookID) {
        self.init { body in try database.read(book, body) }
    }

    /// - Parameters:
    ///   - notes: The checkpoints outside, of this book, in any order.
    ///   - visit: Takes each event that can be read, in order, for whoever folds them.
    /// - Returns: What is wrong, in the order of the log; empty when nothing is.
    package func run(
        checkpoints notes: [SignedNote], keys: [VerifierKey], visit: (EventDocument) throws -> Void = { _ in }
    ) throws -> [LogFinding] {
        var findings: [LogFinding] = []
        var found: Head?
        try snapshots { found = $0.head }
        guard let head = found else { return [] }
        var chain = EventChain(book: head.name)
        while chain.sequence < head.sequence {
            try snapshots { try checkBlock($0, head, &chain, &findings, visit) }
        }
        try snapshots { rows in
            try checkSurplus(rows, &findings)
            let tree = TreeAudit(rows: rows, head: head)
            try tree.checkTiles(&findings)
            try tree.checkHead(&findings)
            try tree.checkCheckpoints(notes, keys, &findings)
        }
        return findings
    }

    /// The next 256 events are in their places, and their tile's stored hash is theirs.
    private func checkBlock(
        _ rows: Rows, _ head: Head, _ chain: inout EventChain, _ findings: inout [LogFinding],
        _ visit: (EventDocument) throws -> Void
    ) throws {
        let before = chain.sequence
        let last = min(before + Int64(TileHash.width), head.sequence)
        var block = RightEdge()
        try rows.events(after: before, limit: Int(last - before)) { sequence, bytes in
            guard sequence <= last else { return }
            chain.skip(to: sequence - 1, adding: &findings)
            block.append(.leaf(bytes))
            if let event = chain.take(Array(bytes), adding: &findings) { try visit(event) }
        }
        chain.skip(to: last, adding: &findings)
        if block.size == 0 { return try skipHole(rows, head, &chain, &findings) }
        guard last - before == Int64(TileHash.width) else { return }
        let place = before.magnitude / TileHash.width
        guard let stored = try rows.hashes(tileLevel: 1, in: place..<place + 1).first else {
            return findings.append(.tileChanged(level: 1, before + 1...last))
        }
        if block.size == TileHash.width, stored != block.root { findings.append(.eventsChanged(before + 1...last)) }
    }

    /// Goes on at the tile of the next event there is, so that a hole of any size costs one look.
    private func skipHole(
        _ rows: Rows, _ head: Head, _ chain: inout EventChain, _ findings: inout [LogFinding]
    ) throws {
        var next = head.sequence + 1
        try rows.events(after: chain.sequence, limit: 1) { sequence, _ in next = min(next, sequence) }
        let width = Int64(TileHash.width)
        chain.skip(to: next > head.sequence ? head.sequence : (next - 1) / width * width, adding: &findings)
    }

    /// No event stands above the head of its own snapshot.
    private func checkSurplus(_ rows: Rows, _ findings: inout [LogFinding]) throws {
        var hasSurplus = false
        try rows.events(after: rows.asOf, limit: 1) { _, _ in hasSurplus = true }
        if hasSurplus { findings.append(.surplusEvents(after: rows.asOf)) }
    }
}
