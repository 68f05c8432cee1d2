import Storage
import SummaTestKit

/// A row of these tests that is never changed: a parcel with a label no other has, on one of many shelves or between two. Both
/// keys stand in runs.
struct Parcel: Row, Hashable {
    let id: ParcelID
    let label: String?
    let shelf: ShelfID
    let otherShelf: ShelfID?

    var key: ParcelID { id }

    static let byLabel = UniqueKey<Parcel, String>(inRuns: "label", columns: ["label"]) { $0.label }
    static let byShelf = ListKey<Parcel, ShelfID>("shelf", columns: ["shelf", "other_shelf"]) { row, file in
        file(row.shelf)
        if let other = row.otherShelf { file(other) }
    }

    static let table = TableDefinition<Parcel>(
        "parcel", .derived, isAppendOnly: true,
        columns: [
            .integer("id"), .text("label", optional: true), .integer("shelf"), .integer("other_shelf", optional: true),
        ],
        uniqueKeys: [byLabel], listKeys: [byShelf])

    static let migration = Migration(
        2, "parcels",
        [
            .table(table),
            .sql("CREATE INDEX parcel_by_shelf ON parcel (book, shelf, id)"),
            .sql("CREATE INDEX parcel_by_other_shelf ON parcel (book, other_shelf, id)"),
        ])

    init(_ id: Int64, _ label: String? = nil, shelf: Int64 = 1, other: Int64? = nil) {
        self.id = ParcelID(rawValue: id)
        self.label = label
        self.shelf = ShelfID(rawValue: shelf)
        otherShelf = other.map(ShelfID.init(rawValue:))
    }

    init(from columns: inout ColumnReader) {
        self.init(
            columns.integer(), columns.optionalText(), shelf: columns.integer(), other: columns.optionalInteger())
    }

    func write(to columns: inout ColumnWriter) {
        columns.key(id)
        columns.text(label)
        columns.key(shelf)
        columns.key(otherShelf)
    }
}

struct ParcelID: Identifier {
    static let prefix = "pcl"
    let rawValue: Int64
}

struct ShelfID: Identifier {
    static let prefix = "shf"
    let rawValue: Int64
}

/// A database of parcels whose runs are short, stepped by hand.
struct ParcelRoom {
    let test: TestDatabase

    init(rowsPerRun: Int = 4, books: [BookID] = [.first]) throws {
        test = try TestDatabase([Parcel.migration], books: books) { $0.runs.rowsPerRun = rowsPerRun }
    }

    func store(_ parcels: Parcel..., in book: BookID = .first) throws {
        try test.write(book) { work in for parcel in parcels { work.insert(parcel) } }
    }

    /// As bodies find a parcel; readers have to agree.
    func find(_ label: String, in book: BookID = .first) throws -> Int64? {
        let found = try test.write(book) { try $0.find(Parcel.byLabel, label)?.id.rawValue }
        let read = try test.read(book) { try $0.find(Parcel.byLabel, label)?.id.rawValue }
        guard found == read else { throw Disagreement(found: found, read: read) }
        return found
    }

    func page(_ shelf: Int64, through: Int64 = .max, limit: Int = 100, in book: BookID = .first) throws -> [Int64] {
        try test.read(book) {
            try $0.page(of: Parcel.byShelf, ShelfID(rawValue: shelf), through: through, limit: limit)
        }
    }

    var runsPath: String { test.directory.path + "/runs" }

    /// The runs the database names.
    func runCount() throws -> Int64 {
        try SQLiteConnection(path: test.path, access: .readOnly).integer("SELECT count(*) FROM run")
    }

    struct Disagreement: Error {
        let found: Int64?
        let read: Int64?
    }
}
