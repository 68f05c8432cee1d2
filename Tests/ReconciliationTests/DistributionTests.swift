import Ledger
import Payments
import Reconciliation
import Storage
import SummaTestKit
import Synchronization
import Testing

/// What lets the schema be distributed by book: recorded from all SQL a whole day sends.
@Suite("Every statement", .enabled(if: TestStore.isPostgres, "needs a PostgreSQL server"), .serialized)
struct DistributionTests {
    /// A day that touches payments, ledger, files, breaks, adjustments and their purges.
    private func record() async throws -> [PostgresConnection.Sent] {
        let sent = Mutex<[PostgresConnection.Sent]>([])
        PostgresConnection.recorder.withLock { $0 = { statement in sent.withLock { $0.append(statement) } } }
        defer { PostgresConnection.recorder.withLock { $0 = nil } }
        let stage = try await ReconciliationStage.day()
        try stage.expectSound()
        return sent.withLock { $0 }
    }

    private static let tables =
        ["event", "tile"] + ReconciliationStage.migrations.flatMap(\.tables).map(\.name)

    /// Of a book's table, and not the making of the schema, nor what counts the rows of all of it for the planner.
    private func touchesBook(_ sql: String) -> Bool {
        guard !sql.hasPrefix("CREATE"), !sql.hasPrefix("ALTER"), !sql.hasPrefix("ANALYZE") else { return false }
        let words = Set(sql.split { !($0.isLetter || $0 == "_") })
        return Self.tables.contains { words.contains(Substring($0)) }
    }

    @Test("on a book's table binds one book, and each transaction one value")
    func bindsOneBook() async throws {
        let sent = try await record()
        let touching = sent.filter { touchesBook($0.sql) }
        #expect(touching.count > 100)
        var books: [ObjectIdentifier: Set<Int64>] = [:]
        for statement in sent {
            if statement.sql.hasPrefix("BEGIN") || statement.sql.hasPrefix("COMMIT") || statement.sql == "ROLLBACK" {
                books[statement.connection] = []
                continue
            }
            guard touchesBook(statement.sql) else { continue }
            let sql = statement.sql.replacing("?", with: "$")
            let names = sql.contains("book = $1") || sql.contains("SELECT $1")
            #expect(names, "\(sql)")
            let book = try #require(statement.firstInteger, "\(sql)")
            books[statement.connection, default: []].insert(book)
            #expect(books[statement.connection]?.count == 1, "\(sql)")
        }
    }

    @Test("that asks for all books asks for their heads, and nothing else")
    func asksForHeads() async throws {
        let sent = try await record()
        let others = sent.filter { !touchesBook($0.sql) && $0.sql.contains("FROM ") && $0.firstInteger == nil }
        for statement in others where statement.sql.contains("FROM head") {
            #expect(statement.sql.hasSuffix("FROM head ORDER BY book"))
        }
    }
}
