import Storage
import SummaTestKit
import Synchronization
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

    @Test("is told of once when it cannot be seen, and is seen again when it can", .timeLimit(.minutes(1)))
    func reports() async throws {
        let told = Told()
        let test = try TestDatabase([Box.migration], runsOwnThread: true) { $0.report = told.note }
        let other = try test.anotherEngine(tables: [Box.table])
        try test.raw().execute("ALTER TABLE head RENAME TO hidden")
        while told.count == 0 { try await Task.sleep(for: .milliseconds(10)) }
        // Several looks later it has been said, and is not said again.
        try await Task.sleep(for: .seconds(1))
        #expect(told.count == 1)
        try test.raw().execute("ALTER TABLE hidden RENAME TO head")
        other.enqueue(.first, body: { $0.append() }) { _ in }
        other.runBatch()
        await test.database.signal.wait(for: .first, toPass: 0)
        #expect(told.count == 1)
    }

    private final class Told: Sendable {
        private let faults = Mutex<[StorageFault]>([])
        var count: Int { faults.withLock { $0.count } }
        @Sendable func note(_ fault: StorageFault) { faults.withLock { $0.append(fault) } }
    }
}
