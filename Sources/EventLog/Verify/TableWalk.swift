import Storage

/// A table's rows one after another in the order of its key, read in pages.
struct TableWalk {
    enum Order { case before, same, after }

    private let table: any TableDescription
    private let rows: Rows
    private let pageSize: Int
    private var page: [[ColumnValue]] = []
    private var position = 0
    private var isLastPage = false

    init(_ table: any TableDescription, _ rows: Rows, pageSize: Int) {
        self.table = table
        self.rows = rows
        self.pageSize = pageSize
    }

    /// The row the walk stands on; nil at the end.
    mutating func current() throws -> [ColumnValue]? {
        if position == page.count, !isLastPage {
            page = try rows.page(of: table, after: page.last.map(key) ?? [], limit: pageSize)
            position = 0
            isLastPage = page.count < pageSize
        }
        return position < page.count ? page[position] : nil
    }

    mutating func advance() {
        position += 1
    }

    /// How two rows stand to each other by their keys, as the database orders them.
    func order(of left: [ColumnValue], _ right: [ColumnValue]) -> Order {
        for (left, right) in zip(key(of: left), key(of: right)) where left != right {
            switch (left, right) {
            case (.integer(let left), .integer(let right)): return left < right ? .before : .after
            case (.text(let left), .text(let right)):
                return left.utf8.lexicographicallyPrecedes(right.utf8) ? .before : .after
            case (.bytes(let left), .bytes(let right)): return left.lexicographicallyPrecedes(right) ? .before : .after
            default: return .before
            }
        }
        return .same
    }

    func name(of row: [ColumnValue]) -> String {
        key(of: row).map(\.shown).joined(separator: ", ")
    }

    private func key(of row: [ColumnValue]) -> [ColumnValue] {
        Array(row.prefix(table.keyColumnCount))
    }
}
