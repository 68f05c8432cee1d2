/// What writers and readers find alike.
extension PostgresConnection {
    /// Looks rows of a table up by each of so many values, and hands over the columns of those there are.
    func read(
        _ table: any TableDescription, by lookUp: LookUp, count: Int, book: BookID, bind: RowBinding,
        take: (inout ColumnReader) throws -> Void
    ) throws {
        let statement = statement(lookUp, of: table)
        statement.bind(book, count: count, bind)
        try run(statement.sql, statement.parameters).forEach(take)
    }

    /// Runs a query with values, written `?1`, `?2` … in it.
    package func query(_ sql: String, _ values: [ColumnValue], each body: (inout ColumnReader) throws -> Void) throws {
        try run(sql, PostgresParameters(values)).forEach(body)
    }
}
