import Storage

/// How far a follower of a book's log has come. Derived: were it lost, the follower would begin again, and what it does
/// with an event it has seen before is nothing.
package struct Cursor: Row, Hashable {
    package let follower: String
    /// Which life of the log the sequence belongs to: after a cut, the same number is another event.
    package var epoch: Int64
    /// The last event that was dealt with; 0 before the first.
    package var sequence: Int64
    /// Of whoever moved it last: who had the charge before them moves it no more.
    package var fence: Int64

    package var key: String { follower }

    package static let table = TableDefinition<Cursor>(
        "cursor", .derived,
        columns: [
            .text("follower", check: "length(follower) BETWEEN 1 AND 64"),
            .integer("epoch", check: "epoch >= 1"),
            .integer("sequence", check: "sequence >= 0"),
            .integer("fence"),
        ])

    package init(follower: String, epoch: Int64, sequence: Int64, fence: Int64 = 0) {
        self.follower = follower
        self.epoch = epoch
        self.sequence = sequence
        self.fence = fence
    }

    package func write(to columns: inout ColumnWriter) {
        columns.text(follower)
        columns.integer(epoch)
        columns.integer(sequence)
        columns.integer(fence)
    }

    package init(from columns: inout ColumnReader) throws {
        follower = columns.text()
        epoch = columns.integer()
        sequence = columns.integer()
        fence = columns.integer()
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

    /// Moves a follower forward, never back.
    /// - Throws: `ChargeLost` when another process has taken the charge since, in whatever it did to this cursor.
    package static func advance(
        _ follower: String, to sequence: Int64, under charge: Charge, in work: inout UnitOfWork
    ) throws {
        let moved = Cursor(follower: follower, epoch: work.epoch, sequence: sequence, fence: charge.fence)
        guard let known = try work.find(Cursor.self, follower) else { return work.insert(moved) }
        guard known.fence <= charge.fence else { throw ChargeLost(book: charge.book) }
        guard (known.epoch, known.sequence) < (work.epoch, sequence) else { return }
        work.update(moved)
    }
}
