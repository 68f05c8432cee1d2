import Ledger
import Money
import Storage

/// A provider's or bank's file that was taken in, and how far it has been booked.
///
/// A file is booked in many units of work, so that one of a hundred thousand lines holds up nobody. Each of them moves
/// `bookedCount` with what it books: if the process stops, the same file again goes on from there.
package struct Statement: Hashable, Sendable {
    package let id: StatementID
    package let source: StatementSource
    /// The name of its format.
    package let format: String
    /// SHA-256 of the file: the same bytes are the same statement.
    package let hash: [UInt8]
    /// What its writer calls it, where it has a name.
    package let reference: StatementReference?
    package let date: BookingDate
    package let coversUntil: Instant?
    package let lineCount: Int64
    package let receivedAt: Instant
    /// Lines booked so far, in the order of booking.
    package var bookedCount: Int64
    /// When it was booked to the end and compared with what was due; nil while it is not.
    package var importedAt: Instant?

    package init(
        id: StatementID, source: StatementSource, format: String, hash: [UInt8], reference: StatementReference?,
        date: BookingDate, coversUntil: Instant?, lineCount: Int64, receivedAt: Instant
    ) {
        self.id = id
        self.source = source
        self.format = format
        self.hash = hash
        self.reference = reference
        self.date = date
        self.coversUntil = coversUntil
        self.lineCount = lineCount
        self.receivedAt = receivedAt
        bookedCount = 0
    }

    package var isImported: Bool { importedAt != nil }
}

/// Whose statement it is.
package enum StatementSource: Hashable, Sendable {
    /// A provider's, of this provider account.
    case provider(PathSegment)
    /// A bank's, of this bank account of ours.
    case bank(PathSegment)

    package var kind: Kind {
        switch self {
        case .provider: .settlement
        case .bank: .bank
        }
    }

    package var owner: PathSegment {
        switch self {
        case .provider(let owner), .bank(let owner): owner
        }
    }

    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case settlement
        case bank
    }

    package init(_ kind: Kind, _ owner: PathSegment) {
        self =
            switch kind {
            case .settlement: .provider(owner)
            case .bank: .bank(owner)
            }
    }
}

extension Statement: Row {
    package var key: StatementID { id }

    package static let byHash = UniqueKey<Statement, [UInt8]>("hash", columns: ["hash"]) { $0.hash }
    /// The writer's name for it, within its source: two files of one name are one file, or one of them is wrong.
    package static let byName = UniqueKey<Statement, String>("name", columns: ["name"]) { $0.name }

    var name: String? {
        reference.map { Self.name($0, from: source) }
    }

    static func name(_ reference: StatementReference, from source: StatementSource) -> String {
        "\(source.kind.rawValue)/\(source.owner)/\(reference)"
    }

    package static let table = TableDefinition<Statement>(
        "statement", .recorded,
        columns: [
            .integer("id"),
            .text("kind", check: "kind IN ('settlement', 'bank')"),
            .text("owner"),
            .text("format"),
            .bytes("hash", check: "length(hash) = 32"),
            .text("reference", optional: true),
            .text("name", optional: true),
            .integer("statement_date"),
            .integer("covers_until", optional: true),
            .integer("line_count", check: "line_count >= 0"),
            .integer("received_at"),
            .integer("booked_count", check: "booked_count >= 0"),
            .integer("imported_at", optional: true),
        ],
        checks: ["booked_count <= line_count", "imported_at IS NULL OR booked_count = line_count"],
        uniqueKeys: [byHash, byName])

    package func write(to columns: inout ColumnWriter) {
        columns.key(id)
        columns.text(source.kind.rawValue)
        columns.text(source.owner.text)
        columns.text(format)
        columns.bytes(hash)
        columns.reference(reference)
        columns.text(name)
        columns.date(date)
        columns.instant(coversUntil)
        columns.integer(lineCount)
        columns.instant(receivedAt)
        columns.integer(bookedCount)
        columns.instant(importedAt)
    }

    package init(from columns: inout ColumnReader) throws {
        id = try columns.key()
        source = StatementSource(try columns.named("kind"), try columns.segment("owner"))
        format = columns.text()
        hash = columns.bytes()
        reference = try columns.optionalReference("reference")
        _ = columns.optionalText()
        date = try columns.date("statement_date")
        coversUntil = columns.optionalInstant()
        lineCount = columns.integer()
        receivedAt = columns.instant()
        bookedCount = columns.integer()
        importedAt = columns.optionalInstant()
    }
}
