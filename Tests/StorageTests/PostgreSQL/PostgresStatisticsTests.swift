import Storage
import SummaTestKit
import Testing

@Suite(
    "What PostgreSQL's planner believes", .enabled(if: TestStore.isPostgres, "needs a PostgreSQL server"), .serialized)
struct PostgresStatisticsTests {
    private let test: TestEngine

    init() throws {
        test = try TestEngine()
    }

    private func believed() throws -> Int64 {
        try test.test.raw().integer("SELECT reltuples::bigint FROM pg_class WHERE oid = 'box'::regclass")
    }

    private func believe(_ count: Int) throws {
        try test.test.raw().execute("UPDATE pg_class SET reltuples = \(count) WHERE oid = 'box'::regclass")
    }

    private func add(_ numbers: ClosedRange<Int64>) throws {
        try test.write { work in
            for number in numbers { work.insert(Box(id: number)) }
        }
    }

    @Test("is what the writer tells it when a table has a hundred rows, a thousand, ten thousand")
    func grown() throws {
        try add(1...99)
        #expect(try believed() <= 0)
        try add(100...100)
        #expect(try believed() == 100)
        try add(101...999)
        #expect(try believed() == 100)
        try add(1_000...1_000)
        #expect(try believed() == 1_000)
        try add(1_001...10_500)
        #expect(try believed() == 10_500)
    }

    @Test(
        "is left alone where the server has counted as many rows itself",
        arguments: [(99, 100), (100, 100), (5_000, 5_000)])
    func known(before: Int, after: Int64) throws {
        try believe(before)
        try add(1...100)
        #expect(try believed() == after)
    }

    @Test("is told again when the connection ended while it was told")
    func connectionLost() throws {
        let test = test
        test.connection.betweenCommitAndAnswer = { try? test.cutSessions() }
        try add(1...100)
        #expect(try believed() <= 0)
        try add(101...101)
        #expect(try believed() == 101)
        #expect(test.stops.isEmpty)
    }

    @Test("is not waited for while somebody holds the table, and told at the next power of ten")
    func locked() throws {
        let other = try test.test.raw()
        try other.execute("BEGIN")
        try other.execute("LOCK TABLE box IN SHARE UPDATE EXCLUSIVE MODE")
        try add(1...100)
        try other.execute("COMMIT")
        try add(101...999)
        #expect(try believed() <= 0)
        try add(1_000...1_000)
        #expect(try believed() == 1_000)
    }
}
