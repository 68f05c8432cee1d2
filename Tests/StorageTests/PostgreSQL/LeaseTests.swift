import Glibc
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

    private func renew(_ process: Int64, for span: Instant.Span) throws -> [Int64: Int64] {
        try leases.renew(process, at: nil, for: span).fences
    }

    @Test("are all one process's, and shared evenly when a second comes, without a group that is nobody's for long")
    func sharedOut() throws {
        let before = try renew(1, for: .seconds(60))
        #expect(before.count == 64)
        #expect(try renew(2, for: .seconds(60)).isEmpty)
        let first = try renew(1, for: .seconds(60))
        let second = try renew(2, for: .seconds(60))
        #expect(first.count == 32 && second.count == 32)
        #expect(Set(first.keys).isDisjoint(with: second.keys))
        #expect(second.allSatisfy { $1 == (before[$0] ?? 0) + 1 })
    }

    @Test("stay while they are renewed, and are another's soon after they are not, under a higher fence")
    func succeeded() throws {
        let before = try renew(1, for: .milliseconds(400))
        #expect(before.count == 64)
        #expect(try renew(2, for: .seconds(60)).isEmpty)
        try test.raw().query("SELECT count(pg_sleep(0.5))") { _ in }
        let second = try renew(2, for: .seconds(60))
        #expect(second.count == 64)
        #expect(second.allSatisfy { $1 == (before[$0] ?? 0) + 1 })
        #expect(try renew(1, for: .seconds(60)).isEmpty)
    }

    @Test("that are given up are another's at once")
    func givenUp() throws {
        #expect(try renew(1, for: .seconds(60)).count == 64)
        try leases.giveUp(1)
        #expect(try renew(2, for: .seconds(60)).count == 64)
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

    @Test("tell where the process that is in charge of a book is reached, to all but itself, while it is")
    func preferred() throws {
        let keepers = [Int64(1), 2].map { process in
            let keeper = LeaseKeeper(leases, process: process, report: { Issue.record($0) })
            keeper.tell("http://process-\(process):8080")
            return keeper
        }
        for _ in 0..<3 { for keeper in keepers { keeper.renew() } }
        for book in (1...64).map(BookID.init(rawValue:)) {
            let holders = keepers.indices.filter { keepers[$0].charge(of: book) != nil }
            let holder = try #require(holders.first)
            #expect(holders.count == 1)
            #expect(keepers[holder].preferredURL(of: book) == nil)
            #expect(keepers[1 - holder].preferredURL(of: book) == "http://process-\(holder + 1):8080")
        }
        keepers[0].stop()
        keepers[1].renew()
        #expect((1...64).allSatisfy { keepers[1].preferredURL(of: BookID(rawValue: $0)) == nil })
        keepers[1].stop()
    }

    @Test("that run out have the sessions ended that the process still holds a head by, and no others")
    func sessionsOfTheDead() throws {
        let address = try test.postgresAddress()
        let (dead, living) = (try PostgresWriter(address, of: 1), try PostgresWriter(address, of: 2))
        try dead.begin()
        _ = try dead.lockHead(of: .first)
        _ = try renew(1, for: .milliseconds(100))
        _ = try renew(2, for: .seconds(60))
        try test.raw().query("SELECT count(pg_sleep(0.5))") { _ in }
        _ = try renew(2, for: .seconds(60))
        #expect(try sessionCount(of: 1) == 1, "within a second of grace")
        try test.raw().query("SELECT count(pg_sleep(0.8))") { _ in }
        _ = try renew(2, for: .seconds(60))
        for _ in 0..<200 where try sessionCount(of: 1) > 0 { usleep(10_000) }
        #expect(try sessionCount(of: 1) == 0)
        #expect(try withExtendedLifetime(living) { try sessionCount(of: 2) } == 1)
        // Should it live after all, it finds out, and connects again.
        #expect(throws: StorageFault.self) {
            try dead.begin()
            _ = try dead.lockHead(of: .first)
        }
        dead.rollback()
        try dead.begin()
        #expect(try sessionCount(of: 1) == 1)
    }

    @Test("whose process nobody succeeded for minutes have its sessions ended before it is forgotten")
    func longDead() throws {
        let dead = try PostgresWriter(try test.postgresAddress(), of: 1)
        try dead.begin()
        _ = try dead.lockHead(of: .first)
        _ = try renew(1, for: .seconds(60))
        try test.raw().execute("UPDATE process SET expires_at = expires_at - 600000000")
        _ = try renew(2, for: .seconds(60))
        for _ in 0..<200 where try sessionCount(of: 1) > 0 { usleep(10_000) }
        #expect(try withExtendedLifetime(dead) { try sessionCount(of: 1) } == 0)
    }

    private func sessionCount(of process: Int64) throws -> Int64 {
        try test.raw().integer(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'summa writer \(process)'")
    }

    @Test("tell of nobody who does not say where it is reached")
    func unreachable() throws {
        let (silent, other) = (
            LeaseKeeper(leases, process: 1, report: { Issue.record($0) }),
            LeaseKeeper(leases, process: 2, report: { Issue.record($0) })
        )
        silent.renew()
        other.renew()
        #expect(silent.charge(of: .first) != nil)
        #expect(other.charge(of: .first) == nil && other.preferredURL(of: .first) == nil)
    }
}
