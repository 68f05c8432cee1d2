/// A statement over many rows of a book, and the arrays its rows are written to, whose memory is used again.
final class PostgresStatement {
    let sql: String
    let parameters: PostgresParameters
    private let columnCount: Int

    init(_ sql: String, scalars: Int, arrays: [Column.Kind]) {
        self.sql = sql
        parameters = PostgresParameters(scalars: scalars, arrays: arrays)
        columnCount = arrays.count
    }

    convenience init(select table: any TableDescription, by lookUp: LookUp) {
        self.init(
            PostgresText.select(table, by: lookUp.columns), scalars: 1,
            arrays: PostgresText.kinds(lookUp.columns, of: table))
    }

    /// Forgets the rows before, and binds the book.
    func begin(_ book: BookID) {
        parameters.clear()
        var scalars = parameters.writer()
        scalars.integer(book.rawValue)
    }

    /// Where the next row's columns are written.
    var row: ColumnWriter { parameters.writer(from: 1) }

    func bind(_ book: BookID, count: Int, _ bind: RowBinding) {
        begin(book)
        for index in 0..<count {
            var columns = row
            bind(index, &columns)
            precondition(
                Int(columns.count) == columnCount, "\(columns.count) of \(columnCount) values given for: \(sql)")
        }
    }
}
