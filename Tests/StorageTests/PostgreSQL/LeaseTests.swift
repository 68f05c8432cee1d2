import SummaTestKit
import Testing

@testable import Storage

@Suite("Leases on groups of books", .enabled(if: TestStore.isPostgres, "needs a PostgreSQL server"), .serialized)
struct LeaseTests {
    private let test: TestDatabase
    private let leases: PostgresLeases

    init() throws {
        test = try TestDatabase([])
        test.close()
        leases = PostgresLeases(try test.postgresAddress())
    }

    @Test("are all one process's, and shared evenly when a second comes, without a group that is nobody's for long")
    func sharedOut() throws {
        let before = try leases.renew(1, for: .seconds(60))
        #expect(before.count == 64)
        #expect(try leases.renew(2, for: .seconds(60)).isEmpty)
        let first = try leases.renew(1, for: .seconds(60))
        let second = try leases.renew(2, for: .seconds(60))
        #expect(first.count == 32 && second.count == 32)
        #expect(Set(first.keys).isDisjoint(with: second.keys))
        #expect(second.allSatisfy { $1 == (before[$0] ?? 0) + 1 })
    }

    @Test("stay while they are renewed, and are another's soon after they are not, under a higher fence")
    func succeeded() throws {
        let before = try leases.renew(1, for: .milliseconds(400))
        #expect(before.count == 64)
        #expect(try leases.renew(2, for: .seconds(60)).isEmpty)
        try test.raw().query("SELECT count(pg_sleep(0.5))") { _ in }
        let second = try leases.renew(2, for: .seconds(60))
        #expect(second.count == 64)
        #expect(second.allSatisfy { $1 == (before[$0] ?? 0) + 1 })
        #expect(try leases.renew(1, for: .seconds(60)).isEmpty)
    }

    @Test("that are given up are another's at once")
    func givenUp() throws {
        #expect(try leases.renew(1, for: .seconds(60)).count == 64)
        try leases.giveUp(1)
        #expect(try leases.renew(2, for: .seconds(60)).count == 64)
    }

    @Test("are believed in no longer than they last, counted from before they were asked for")
    func believed() throws {
        let keeper = LeaseKeeper(leases, process: 1, report: { Issue.record($0) })
        #expect(keeper.charge(of: .first) == nil)
        keeper.renew()
        #expect(keeper.charge(of: .first)?.book == .first)
        #expect(keeper.groupCount == 64)
        keeper.stop()
        #expect(keeper.charge(of: .first) == nil)
    }
}
