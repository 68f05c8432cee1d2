import Storage
import SummaTestKit
import Testing

@Suite("SQLite's planner", .enabled(if: TestStore.isSQLite, "about SQLite files"))
struct PlannerTests {
    @Test(
        "finds a group and a caller's key by their index, and not by reading the book, from the first row on",
        arguments: [
            ("shelf = ?2", "INDEX box_by_shelf"), ("label = ?2", "INDEX box_by_label"), ("id = ?2", "PRIMARY KEY"),
            ("id > ?2 ORDER BY id LIMIT 10", "PRIMARY KEY"),
        ])
    func plan(condition: String, by way: String) throws {
        let store = try TestDatabase([Box.migration])
        #expect(try plan(of: condition, in: store).contains(way))
        try store.reopen()
        #expect(try plan(of: condition, in: store).contains(way))
    }

    /// What the writer, which saw the tables being made, and a reader opened later would do alike.
    private func plan(of condition: String, in store: TestDatabase) throws -> String {
        let connection = try SQLiteConnection(path: store.path, access: .readOnly)
        let statement = try connection.statement(
            "EXPLAIN QUERY PLAN SELECT * FROM box WHERE book = ?1 AND \(condition)")
        defer { statement.reset() }
        var plan = ""
        while try statement.step() {
            var columns = statement.columns
            _ = (columns.integer(), columns.integer(), columns.integer())
            plan += columns.text() + "\n"
        }
        return plan
    }
}
