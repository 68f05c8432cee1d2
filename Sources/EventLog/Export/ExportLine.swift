import JSON

/// One line of an exported log: a JSON text and a newline.
///
/// First comes a header, then the events in order, each as its exact bytes. A checkpoint stands right after the last event it
/// signs, so that a reader needs no memory of what came before. Common tools read such a file line by line.
package enum ExportLine: Sendable {
    /// Which book's log it is, and how many events follow.
    case header(book: String, size: UInt64)
    case event([UInt8])
    case checkpoint(SignedNote)

    private static let format: Int64 = 1
    private static let headerStart = Array(#"{"summa_log_export":"#.utf8)
    private static let checkpointStart = Array(#"{"checkpoint":"#.utf8)

    package var bytes: [UInt8] {
        var writer = JSONWriter()
        switch self {
        case .event(let bytes): return bytes + [UInt8(ascii: "\n")]
        case .header(let book, let size):
            writer.beginObject()
            writer.field("summa_log_export", Self.format)
            writer.field("book", book)
            writer.field("size", String(size))
            writer.endObject()
        case .checkpoint(let note):
            writer.beginObject()
            writer.field("checkpoint", note.encoded)
            writer.endObject()
        }
        return writer.takeBytes() + [UInt8(ascii: "\n")]
    }

    /// Reads a line without its newline. What is neither header nor checkpoint is an event, for the caller to judge.
    package init(_ line: [UInt8]) throws {
        if line.starts(with: Self.headerStart) {
            var fields = try JSONFields(JSONValue(parsing: line))
            let format = try fields.integer("summa_log_export")
            let book = try fields.string("book", maxLength: 64)
            let size = UInt64(plainDigits: try fields.string("size", maxLength: 20))
            try fields.finish()
            guard format == Self.format, let size else { throw NoteRejection.malformed }
            self = .header(book: book, size: size)
        } else if line.starts(with: Self.checkpointStart) {
            var fields = try JSONFields(JSONValue(parsing: line))
            let note = try fields.string("checkpoint", maxLength: 1 << 16)
            try fields.finish()
            self = .checkpoint(try SignedNote(note))
        } else {
            self = .event(line)
        }
    }
}
