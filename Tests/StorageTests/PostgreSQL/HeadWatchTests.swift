import Storage
import SummaTestKit
import Testing

@Suite("What other processes append", .enabled(if: TestStore.isPostgres, "needs a PostgreSQL server"), .serialized)
struct HeadWatchTests {
    @Test("wakes whoever waits for it in this one", .timeLimit(.minutes(1)))
    func wakes() async throws {
        let test = try TestDatabase([Box.migration], runsOwnThread: true)
        let other = try test.anotherEngine(tables: [Box.table])
        other.enqueue(.first, body: { $0.append() }) { _ in }
        other.runBatch()
        await test.database.signal.wait(for: .first, toPass: 0)
        #expect(try test.read { $0.asOf } == 1)
    }
}
