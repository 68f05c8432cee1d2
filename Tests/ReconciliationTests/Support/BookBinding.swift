/// How often a statement touches a table that is distributed by book, and how often it says of which book.
struct BookBinding: Equatable {
    let tables: Int
    let books: Int

    /// - Parameter names: The tables of books.
    init(of statement: String, tables names: Set<Substring>) {
        let sql = statement.replacing("?", with: "$")
        let table = /\b(?:FROM|JOIN|USING|UPDATE|INTO)\s+([a-z_]+)/.wordBoundaryKind(.simple)
        // As a condition, of the table itself or of one it is joined to; and as the first value of an added row.
        let book = /\bbook = (?:\$1\b|[a-z]+\.book\b)|\b(?:SELECT |VALUES \()\$1,/.wordBoundaryKind(.simple)
        tables = sql.matches(of: table).count { names.contains($0.1) }
        books = sql.matches(of: book).count
    }

    var touchesBook: Bool { tables > 0 }
    /// Each table is bound for itself: nothing is left for a join to find in other books.
    var bindsEach: Bool { books == tables }
}
