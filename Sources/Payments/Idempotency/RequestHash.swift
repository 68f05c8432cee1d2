import EventLog
import Storage

/// The SHA-256 of what names or describes a request. Unsalted on purpose: the same request must give the same hash again.
package struct RequestHash: Hashable, Sendable {
    private let hash: TreeHash

    /// The hash of parts that hold no zero byte, which is put between them: no two lists of parts are hashed alike.
    package init(of parts: [String], then bytes: [UInt8] = []) {
        var text: [UInt8] = []
        for part in parts {
            text.append(contentsOf: part.utf8)
            text.append(0)
        }
        hash = .sha256(text + bytes)
    }

    /// Reads the text form; nil unless it is the base64 of 32 bytes.
    package init?(text: String) {
        guard let hash = TreeHash(base64: text) else { return nil }
        self.hash = hash
    }
}

extension RequestHash: CustomStringConvertible {
    /// The text form in events: standard base64.
    package var description: String { hash.description }
}

extension RequestHash: RowKey {
    package func write(to columns: inout ColumnWriter) {
        hash.withUnsafeBytes { columns.bytes(raw: $0) }
    }

    package init(from columns: inout ColumnReader) throws {
        guard let hash = columns.withBytes({ TreeHash(rawBytes: $0) }) else {
            throw StorageFault.unreadableRow(table: "idempotency", cause: "a hash has 32 bytes")
        }
        self.hash = hash
    }
}

extension RequestHash: HashedKey {
    package func add(to hash: inout KeyHash) {
        self.hash.withUnsafeBytes { hash.bytes($0) }
    }
}
