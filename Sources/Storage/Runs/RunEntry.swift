/// One row under one key: what its value hashes to, and its internal id.
struct RunEntry: Equatable, Sendable {
    let hash: UInt64
    let id: Int64

    /// Bytes in a file.
    static let byteCount = 16
}

extension RunEntry: Comparable {
    static func < (left: RunEntry, right: RunEntry) -> Bool {
        left.hash == right.hash ? left.id < right.id : left.hash < right.hash
    }
}

/// The rows of one book that a run covers: those whose internal ids lie above the one and not above the other.
package struct RunRange: Equatable, Sendable {
    let book: BookID
    let after: Int64
    let through: Int64
}
