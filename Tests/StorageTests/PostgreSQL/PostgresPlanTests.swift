import SummaTestKit
import Testing

@testable import Storage

@Suite("PostgreSQL's planner", .enabled(if: TestStore.isPostgres, "needs a PostgreSQL server"), .serialized)
struct PostgresPlanTests {
    private let test: TestDatabase
    private let connection: PostgresConnection

    init() throws {
        test = try TestDatabase([Box.migration])
        test.close()
        connection = try PostgresConnection(try test.postgresAddress())
        try PostgresSession.beginWriting(on: connection, of: nil)
    }

    @Test(
        "looks each row up by its key, from the first row on and after statistics were gathered", arguments: [0, 2_000])
    func keys(rowCount: Int) throws {
        try connection.execute(
            """
            INSERT INTO box (book, id, label, shelf, content) SELECT 1, n, 'label ' || n, n % 7, 0
            FROM generate_series(1, \(rowCount)) AS n
            """)
        if rowCount > 0 { try connection.execute("ANALYZE box") }
        let statements: [(sql: String, columns: [Column.Kind], key: String)] = [
            (PostgresText.select(Box.table, by: ["id"]), [.integer], "(id = u.id)"),
            (PostgresText.select(Box.table, by: ["label"]), [.text], "(label = u.label)"),
            (PostgresText.select(Box.table, by: ["shelf"]), [.integer], "(shelf = u.shelf)"),
            (PostgresText.update(Box.table), Box.table.columns.map(\.kind), "(id = u.id)"),
            (PostgresText.delete(Box.table), [.integer], "(id = u.id)"),
        ]
        for (index, statement) in statements.enumerated() {
            let plan = try plan(of: statement.sql, taking: statement.columns, named: "p\(index)")
            let condition = plan.filter { $0.contains("Index Cond: ((book = $1)") }.joined()
            #expect(condition.contains(statement.key), "\(statement.sql): \(plan.joined(separator: "\n"))")
            #expect(!plan.contains { $0.contains("Join Filter") || $0.contains("Memoize") }, "\(plan)")
        }
    }

    private func plan(of sql: String, taking kinds: [Column.Kind], named name: String) throws -> [String] {
        try connection.execute("PREPARE \(name) AS \(sql)")
        let arguments = kinds.map { "'{}'::\(PostgresText.type(of: $0))[]" }.joined(separator: ", ")
        var lines: [String] = []
        try connection.query("EXPLAIN EXECUTE \(name)(1, \(arguments))") { lines.append($0.text()) }
        return lines
    }
}
