import Storage

/// A row of these tests: a numbered box with a label no other has, on a shelf it may share. Boxes come and go without
/// an event (`derived`), so that tests may delete them.
struct Box: Row, Hashable {
    var id: Int64
    var label: String?
    var shelf: Int64?
    var content: Int64 = 0

    var key: Int64 { id }

    static let byLabel = UniqueKey<Box, String>("label", columns: ["label"]) { $0.label }
    static let byShelf = GroupKey<Box, Int64>("shelf", columns: ["shelf"]) { $0.shelf }

    static let table = TableDefinition<Box>(
        "box", .derived,
        columns: [
            .integer("id"), .text("label", optional: true), .integer("shelf", optional: true),
            .integer("content", check: "content >= 0"),
        ],
        uniqueKeys: [byLabel], groupKeys: [byShelf])

    static let migration = Migration(2, "boxes", [.table(table)])

    init(id: Int64, label: String? = nil, shelf: Int64? = nil, content: Int64 = 0) {
        self.id = id
        self.label = label
        self.shelf = shelf
        self.content = content
    }

    init(from columns: inout ColumnReader) {
        self.init(
            id: columns.integer(), label: columns.optionalText(), shelf: columns.optionalInteger(),
            content: columns.integer())
    }

    func write(to columns: inout ColumnWriter) {
        columns.integer(id)
        columns.text(label)
        columns.integer(shelf)
        columns.integer(content)
    }
}
