/// Statements that change exactly as many rows as they should, or fail on the server.
///
/// Memory says which rows a batch changes. Where the database has others, somebody else wrote to it, and nothing more may be
/// built on either. The server has to notice that itself: the COMMIT is behind the statement before its answer is read, and
/// only a statement that fails keeps it from happening.
enum PostgresCount {
    private static let opening = "WITH changed AS ("
    /// Division by zero, which no other statement of ours can come to.
    private static let state = "22012"

    /// - Parameters:
    ///   - sql: An INSERT, UPDATE or DELETE.
    ///   - count: How many rows it has to change, in SQL.
    static func demand(_ count: String, of sql: String) -> String {
        "\(opening)\(sql) RETURNING 1) SELECT 1 / (count(*) = \(count))::INTEGER FROM changed"
    }

    /// One row for each element of the first array.
    static func demandEach(of sql: String) -> String { demand("cardinality($2)", of: sql) }

    /// What a statement failed with, if it is that it changed more rows or fewer.
    static func fault(of sql: String, _ result: PostgresResult) -> StorageFault? {
        guard result.state == state, sql.hasPrefix(opening) else { return nil }
        return .disagrees("the database has not just the rows that memory holds of it: \(sql)")
    }
}
