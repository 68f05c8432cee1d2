import JSON

/// The first event of a later epoch: the log was put back to an earlier state, and goes on from there.
///
/// What was recorded after the cut is forgotten, and its sequences are given out again under the later epoch.
package struct LogCut: EventContent, Hashable {
    package static let type = "summa.log.cut"
    package static let meaning =
        "The log was put back from a backup: of the epoch before, what came after this sequence is forgotten."
    package static let subjectMeaning = "the book"
    package static let fields = [
        EventField("last_epoch", .integer, "the epoch before"),
        EventField("last_sequence", .integer, "the last event that is kept; 0 when none is"),
        EventField(
            "lost", .object(Lost.fields), optional: true,
            "the last checkpoint that was signed for events now forgotten; left out when none was"),
    ]
    package static let example = LogCut(
        book: "main", lastEpoch: 1, lastSequence: 41,
        lost: Lost(epoch: 1, size: 57, root: .emptyRoot))

    /// What strangers may hold of the forgotten events.
    package struct Lost: Hashable, Sendable {
        static let fields = [
            EventField("epoch", .integer, "the epoch it was signed in"),
            EventField("size", .integer, "how many events it was signed for"),
            EventField("root", .digest, "the root of their tree"),
        ]

        package let epoch: Int64
        package let size: Int64
        package let root: TreeHash
    }

    /// The book's name.
    package let book: String
    package let lastEpoch: Int64
    package let lastSequence: Int64
    package let lost: Lost?

    package init(book: String, lastEpoch: Int64, lastSequence: Int64, lost: Lost?) {
        self.book = book
        self.lastEpoch = lastEpoch
        self.lastSequence = lastSequence
        self.lost = lost
    }

    package var subject: String { book }

    package func write(to data: inout JSONWriter) {
        data.field("last_epoch", lastEpoch)
        data.field("last_sequence", lastSequence)
        guard let lost else { return }
        data.beginObject("lost")
        data.field("epoch", lost.epoch)
        data.field("size", lost.size)
        data.field("root", lost.root.description)
        data.endObject()
    }

    package init(subject: String, from data: inout JSONFields) throws {
        book = subject
        lastEpoch = try data.integer("last_epoch")
        lastSequence = try data.integer("last_sequence")
        lost = try data.optionalObject("lost").map { try Lost($0) }
    }
}

extension LogCut.Lost {
    fileprivate init(_ fields: JSONFields) throws {
        var data = fields
        epoch = try data.integer("epoch")
        size = try data.integer("size")
        guard let root = TreeHash(base64: try data.string("root", maxLength: 64)) else {
            throw EventRejection.malformed("data.lost.root")
        }
        self.root = root
        try data.finish()
    }
}
