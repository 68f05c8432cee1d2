import EventLog
import Ledger
import Storage

/// The data key of one subject, wrapped by the installation's key. It alone opens the subject's texts: erasing them is
/// destroying it, wherever copies of the sealed texts may lie.
struct PrivateTextKeyRow: Row, Hashable {
    let subject: AllowedText
    /// Nil once it is destroyed.
    var wrapped: [UInt8]?
    var erasedAt: Instant?

    var key: String { subject.text }

    static let table = TableDefinition<PrivateTextKeyRow>(
        "private_text_key", .private,
        columns: [
            .text("subject", check: "length(subject) BETWEEN 1 AND 128"),
            .bytes("wrapped_key", optional: true),
            .integer("erased_at", optional: true),
        ],
        checks: ["(wrapped_key IS NULL) = (erased_at IS NOT NULL)"])

    init(subject: AllowedText, wrapped: [UInt8]?, erasedAt: Instant? = nil) {
        self.subject = subject
        self.wrapped = wrapped
        self.erasedAt = erasedAt
    }

    func write(to columns: inout ColumnWriter) {
        columns.text(subject.text)
        columns.bytes(wrapped)
        columns.instant(erasedAt)
    }

    init(from columns: inout ColumnReader) throws {
        subject = try columns.parsed("subject") { AllowedText($0) }
        wrapped = columns.optionalBytes()
        erasedAt = columns.optionalInstant()
    }
}

/// A private text, sealed by its subject's data key together with its salt.
struct PrivateTextRow: Row, Hashable {
    typealias Key = PairKey<String, String>

    let subject: AllowedText
    let name: PrivateTextName
    let sealed: [UInt8]

    var key: Key { PrivateTextRow.key(name, of: subject) }

    static func key(_ name: PrivateTextName, of subject: AllowedText) -> Key { PairKey(subject.text, name.rawValue) }

    static let table = TableDefinition<PrivateTextRow>(
        "private_text", .private, keyColumnCount: 2,
        columns: [.text("subject"), .text("name"), .bytes("sealed")])

    init(subject: AllowedText, name: PrivateTextName, sealed: [UInt8]) {
        self.subject = subject
        self.name = name
        self.sealed = sealed
    }

    func write(to columns: inout ColumnWriter) {
        columns.text(subject.text)
        columns.text(name.rawValue)
        columns.bytes(sealed)
    }

    init(from columns: inout ColumnReader) throws {
        subject = try columns.parsed("subject") { AllowedText($0) }
        name = try columns.named("name")
        sealed = columns.bytes()
    }
}

/// The tables of what is kept beside the log because it may have to be erased.
package enum PrivateTextSchema {
    package static let migration = Migration(
        31, "private texts", [.table(PrivateTextKeyRow.table), .table(PrivateTextRow.table)])
}
