import EventLog
import Ledger
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("The clock guard")
struct ClockGuardTests {
    private let store: TestDatabase
    private let monotonic = ManualClock(Instant(microseconds: 7_000_000))
    private let clockGuard: ClockGuard

    init() throws {
        store = try TestDatabase(
            [LedgerSchema.migration], books: [.system, .first], log: MerkleLog(), runsOwnThread: true)
        clockGuard = ClockGuard(database: store.database, clock: store.clock, monotonic: monotonic)
    }

    private func told() throws -> [String] {
        try store.read(.system) { rows in
            var types: [String] = []
            try rows.events(after: 0, limit: 10) { types.append(try EventDocument(Array($1)).type) }
            return types
        }
    }

    private func pass(_ span: Instant.Span, onTheWall wall: Instant.Span? = nil) async throws {
        monotonic.advance(by: span)
        store.clock.advance(by: wall ?? span)
        try await clockGuard.step()
    }

    @Test("trusts a clock that keeps time, and one that is corrected by a minute")
    func healthy() async throws {
        try await pass(.hours(30))
        try await pass(.seconds(1), onTheWall: .seconds(61))
        #expect(clockGuard.isTrusted())
        #expect(try told() == [])
    }

    @Test("doubts a clock that jumps by more, in either direction, tells so once, and tells when it agrees again")
    func jump() async throws {
        for jump in [Instant.Span.seconds(62), .seconds(-62)] {
            try await pass(.seconds(1), onTheWall: .seconds(1 + jump.microseconds / 1_000_000))
            #expect(!clockGuard.isTrusted())
            try await pass(.seconds(1))
            try await pass(.seconds(1), onTheWall: .seconds(1 - jump.microseconds / 1_000_000))
            #expect(clockGuard.isTrusted())
        }
        let once = ["summa.clock.doubted", "summa.clock.trusted"]
        #expect(try told() == once + once)
    }

    @Test("doubts a clock from the moment it jumped, not only from its next look")
    func betweenLooks() async throws {
        try await pass(.seconds(1))
        store.clock.advance(by: .seconds(60))
        #expect(clockGuard.isTrusted())
        store.clock.advance(by: .seconds(1))
        #expect(!clockGuard.isTrusted())
        #expect(try told() == [], "that is the next look's to tell")
        try await clockGuard.step()
        #expect(try told() == ["summa.clock.doubted"])
    }

    @Test("believes a clock a person has confirmed")
    func confirmed() async throws {
        try await pass(.seconds(1), onTheWall: .hours(2))
        #expect(!clockGuard.isTrusted())
        try await clockGuard.confirm(EventContext(actor: "principal:anna"))
        #expect(clockGuard.isTrusted())
        try await pass(.hours(1))
        #expect(clockGuard.isTrusted())
        #expect(try told() == ["summa.clock.doubted", "summa.clock.trusted"])
    }
}
