import Storage

/// How far a follower of a book's log has come. Derived: were it lost, the follower would begin again, and what it does
/// with an event it has seen before is nothing.
package struct Cursor: Row, Hashable {
    package let follower: String
    /// Which life of the log the sequence belongs to: after a cut, the same number is another event.
    package var epoch: Int64
    /// The last event that was dealt with; 0 before the first.
    package var sequence: Int64

    package var key: String { follower }

    package static let table = TableDefinition<Cursor>(
        "cursor", .derived,
        columns: [
            .text("follower", check: "length(follower) BETWEEN 1 AND 64"),
            .integer("epoch", check: "epoch >= 1"),
            .integer("sequence", check: "sequence >= 0"),
        ])

    package init(follower: String, epoch: Int64, sequence: Int64) {
        self.follower = follower
        self.epoch = epoch
        self.sequence = sequence
    }

    package func write(to columns: inout ColumnWriter) {
        columns.text(follower)
        columns.integer(epoch)
        columns.integer(sequence)
    }

    package init(from columns: inout ColumnReader) throws {
        follower = columns.text()
        epoch = columns.integer()
        sequence = columns.integer()
    }
}

extension Cursor {
    /// Where a follower stands, in a unit of work.
    package static func position(of follower: String, in work: borrowing UnitOfWork) throws -> Int64 {
        try work.find(Cursor.self, follower)?.sequence ?? 0
    }

    /// Where it stands in a snapshot.
    package static func position(of follower: String, in rows: Rows) throws -> Int64 {
        try rows.find(Cursor.self, follower)?.sequence ?? 0
    }

    /// Moves a follower forward. Never back: a follower that lost a race to another keeps the higher place.
    package static func advance(_ follower: String, to sequence: Int64, in work: inout UnitOfWork) throws {
        guard let known = try work.find(Cursor.self, follower) else {
            return work.insert(Cursor(follower: follower, epoch: work.epoch, sequence: sequence))
        }
        guard (known.epoch, known.sequence) < (work.epoch, sequence) else { return }
        work.update(Cursor(follower: follower, epoch: work.epoch, sequence: sequence))
    }
}
