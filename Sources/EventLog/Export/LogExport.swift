import Storage

/// Writes a book's log into a file that can be checked by anybody who has the log's key.
package struct LogExport {
    /// Lends a snapshot of the book. It is asked for anew for each page, so that no read transaction lives long.
    package typealias Snapshots = (_ body: (Rows) throws -> Void) throws -> Void

    package static let pageSize = 1_000
    private let snapshots: Snapshots

    package init(snapshots: @escaping Snapshots) {
        self.snapshots = snapshots
    }

    package init(database: Database, book: BookID) {
        self.init { body in try database.read(book, body) }
    }

    /// Writes all events up to the last of the given checkpoints, and the checkpoints among them.
    /// - Parameters:
    ///   - checkpoints: Signed notes of this log; those of more events than it has, or that a cut took away, are left out.
    ///   - write: Takes the file piece by piece.
    /// - Returns: How many events were written.
    @discardableResult
    package func write(
        checkpoints notes: [SignedNote], to write: (_ bytes: [UInt8]) throws -> Void
    ) throws -> UInt64 {
        var size: UInt64 = 0
        var waiting: ArraySlice<(size: UInt64, note: SignedNote)> = []
        try snapshots { rows in
            waiting = try Self.sorted(notes, of: rows)[...]
            size = waiting.last?.size ?? 0
            try write(ExportLine.header(book: rows.head.name, size: size).bytes)
        }
        var written: UInt64 = 0
        while written < size {
            var page: [UInt8] = []
            let before = written
            try snapshots { rows in
                let limit = min(size - written, UInt64(Self.pageSize))
                try rows.events(after: Int64(written), limit: Int(limit)) { _, bytes in
                    page += ExportLine.event(Array(bytes)).bytes
                    written += 1
                    while let next = waiting.first, next.size == written {
                        page += ExportLine.checkpoint(next.note).bytes
                        waiting.removeFirst()
                    }
                }
            }
            guard written > before else { throw MissingTreeHashes(tileLevel: 0, places: written..<size) }
            try write(page)
        }
        return size
    }

    private static func sorted(_ notes: [SignedNote], of rows: Rows) throws -> [(size: UInt64, note: SignedNote)] {
        try notes.compactMap { note -> (size: UInt64, note: SignedNote)? in
            let checkpoint = try Checkpoint(text: note.text)
            guard checkpoint.size > 0, checkpoint.size <= rows.asOf.magnitude else { return nil }
            if rows.head.epoch > 1, let origin = LogOrigin(text: checkpoint.origin),
                try !rows.keeps(origin, size: checkpoint.size)
            {
                return nil
            }
            return (checkpoint.size, note)
        }.sorted { $0.size < $1.size }
    }
}
