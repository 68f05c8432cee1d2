/// A book's number in this installation: the leading column of every table's key.
package struct BookID: Hashable, Comparable, Sendable {
    package let rawValue: Int64

    package init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    package static func < (left: BookID, right: BookID) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// The one row of a book that is locked before anything of it is read or written.
package struct Head: Sendable, Equatable {
    package let book: BookID
    /// The book's name in addresses and events, fixed for ever.
    package let name: String
    /// Which life of the log this is; raised when a restore cut it.
    package var epoch: Int64
    /// The sequence of the last event; 0 while there is none.
    package var sequence: Int64
    package var lastTime: Instant
    package var lastIdentifier: Int64
    /// Who wrote last, and which of its batches: if it was not us, what we remember of the book is stale.
    package var writer: Int64
    package var batch: Int64
    /// What the log extension keeps between batches: the Merkle tree's right edge.
    package var tree: [UInt8]

    /// Whether the book stands where it stood for the other: nobody has written since.
    func isSameState(as other: Head) -> Bool {
        batch == other.batch && writer == other.writer && sequence == other.sequence && epoch == other.epoch
            && lastIdentifier == other.lastIdentifier && lastTime == other.lastTime
    }
}

/// What makes proof of the log: called for each batch with the events it appends, inside its transaction.
package protocol LogExtension: Sendable {
    /// Extends the tree by the entries, in order. Answers the tree rows that are complete now.
    /// - Parameters:
    ///   - tree: The state kept in the head; empty for an empty log.
    ///   - firstSequence: The sequence of the first entry; entry *i* is leaf `firstSequence + i − 1` counted from zero.
    func extend(_ tree: inout [UInt8], by entries: LogEntries, firstSequence: Int64) throws -> [LogTile]
}

/// The exact bytes of the entries a batch appends, in one run of memory.
package struct LogEntries: Sendable {
    package private(set) var bytes: [UInt8] = []
    package private(set) var ends: [Int] = []

    package init() {}

    package var count: Int { ends.count }

    /// Appends one entry by writing its bytes at the end of the run.
    package mutating func append(_ write: (inout [UInt8]) throws -> Void) rethrows {
        let start = bytes.count
        do { try write(&bytes) } catch {
            bytes.removeLast(bytes.count - start)
            throw error
        }
        ends.append(bytes.count)
    }

    /// Calls the body with each entry's bytes.
    package func forEach(_ body: (UnsafeRawBufferPointer) throws -> Void) rethrows {
        try bytes.withUnsafeBytes { all in
            var start = 0
            for end in ends {
                try body(UnsafeRawBufferPointer(rebasing: all[start..<end]))
                start = end
            }
        }
    }

    /// The first entry's bytes; nil where there is none.
    var first: [UInt8]? { ends.first.map { Array(bytes[..<$0]) } }

    mutating func truncate(to count: Int) {
        guard count < ends.count else { return }
        bytes.removeLast(bytes.count - (count == 0 ? 0 : ends[count - 1]))
        ends.removeLast(ends.count - count)
    }

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
    }
}

/// A run of hashes of the tree that will not change any more.
package struct LogTile: Sendable, Equatable {
    package let level: Int64
    package let index: Int64
    package let hashes: [UInt8]

    package init(level: Int64, index: Int64, hashes: [UInt8]) {
        self.level = level
        self.index = index
        self.hashes = hashes
    }
}
