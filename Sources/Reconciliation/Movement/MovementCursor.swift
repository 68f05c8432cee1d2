import Storage

/// How far the movements follow a book's log. One row for each book, under the name of its only follower.
struct MovementCursor: Row, Hashable {
    let name: String
    /// The last event that was dealt with; 0 before the first.
    var sequence: Int64

    var key: String { name }

    static let only = "payments"

    static let table = TableDefinition<MovementCursor>(
        "movement_cursor", .derived,
        columns: [.text("name"), .integer("sequence", check: "sequence >= 0")])

    init(sequence: Int64) {
        name = Self.only
        self.sequence = sequence
    }

    func write(to columns: inout ColumnWriter) {
        columns.text(name)
        columns.integer(sequence)
    }

    init(from columns: inout ColumnReader) throws {
        name = columns.text()
        sequence = columns.integer()
    }
}

extension MovementCursor {
    static func position(in work: borrowing UnitOfWork) throws -> Int64 {
        try work.find(MovementCursor.self, only)?.sequence ?? 0
    }

    /// Never back: one that lost a race to another keeps the higher place.
    static func advance(to sequence: Int64, in work: inout UnitOfWork) throws {
        guard let known = try work.find(MovementCursor.self, only) else {
            return work.insert(MovementCursor(sequence: sequence))
        }
        if known.sequence < sequence { work.update(MovementCursor(sequence: sequence)) }
    }
}
