import EventLog
import Ledger
import Money
import Storage
import SummaTestKit
import Synchronization
import Testing

@Suite("Holds with a timer")
struct ExpireHoldsTests {
    private let clock = ManualClock()
    private let ledger: TestLedger
    private let faults = Faults()

    init() throws {
        ledger = try TestLedger(clock: clock)
        try ledger.open("shop:till:EUR", .asset)
        try ledger.open("wallet:1:EUR", floor: 0)
        try ledger.post(1_000, debit: "shop:till:EUR", credit: "wallet:1:EUR")
    }

    private final class Faults: Sendable {
        let all = Mutex<[String]>([])
    }

    private func sweeper(trusted: Bool = true) -> ExpireHolds {
        ExpireHolds(
            database: ledger.test.database, clock: clock, isClockTrusted: { trusted },
            report: { [faults] error in faults.all.withLock { $0.append("\(error)") } })
    }

    private func sweep(trusted: Bool = true) throws -> Int {
        let count = try sweeper(trusted: trusted).step()
        ledger.test.database.runBatch()
        #expect(faults.all.withLock { $0 } == [])
        return count
    }

    private func place(_ minorUnits: Int64 = 100, seconds: Int64 = 60) throws -> LedgerTransactionID {
        try ledger.hold(minorUnits, debit: "wallet:1:EUR", credit: "shop:till:EUR", .timed(seconds: seconds)).id
    }

    /// Moves the clock, and a little more: while it stands still each event is recorded a microsecond after the one before.
    private func pass(seconds: Int64) {
        clock.advance(by: .seconds(seconds))
        clock.advance(by: .milliseconds(2))
    }

    @Test("expire at their moment and not one microsecond earlier, and give back what they reserved")
    func expires() throws {
        let id = try place()
        let expiresAt = try #require(try ledger.hold(id).expiresAt)
        clock.advance(by: Instant.Span(microseconds: expiresAt.since(clock.now).microseconds - 1))
        #expect(try sweep() == 0)
        #expect(try ledger.hold(id).isOpen)
        clock.advance(by: Instant.Span(microseconds: 1))
        #expect(try sweep() == 1)
        #expect(try ledger.hold(id).status == .expired)
        #expect(try ledger.balance("wallet:1:EUR") == Balance(0, 1_000))
        let event = try #require(try ledger.events().last)
        #expect(event.type == "summa.ledger.hold.expired")
        #expect(event.subject == id.description)
        #expect(try event.context().actor == "system:sweeper")
        #expect(try ledger.isFolded())
    }

    @Test("of which part was posted give back the rest")
    func partly() throws {
        let id = try place()
        try ledger.end(id, .post(minorUnits: 30))
        pass(seconds: 61)
        _ = try sweep()
        #expect(try ledger.hold(id).status == .expired)
        #expect(try ledger.hold(id).postedMinorUnits == 30)
        #expect(try ledger.balance("wallet:1:EUR") == Balance(30, 1_000))
        #expect(try ledger.isFolded())
    }

    @Test("that are overdue but not swept yet may be given back by a request, and no longer posted")
    func overdue() throws {
        let id = try place()
        let other = try place()
        pass(seconds: 60)
        try expectRefusal(PostingRejection.holdEnded(id, .expired), in: ledger) {
            try ledger.end(id, .post(minorUnits: 1))
        }
        try ledger.end(id, .release(minorUnits: 40))
        try ledger.end(other, .post(minorUnits: nil), as: .fact)
        #expect(try sweep() == 1)
        #expect(try ledger.balance("wallet:1:EUR") == Balance(100, 1_000))
    }

    @Test("do not expire while the clock is in doubt")
    func doubt() throws {
        let id = try place()
        clock.advance(by: .days(40))
        #expect(try sweep(trusted: false) == 0)
        #expect(try ledger.hold(id).isOpen)
        #expect(try sweep() == 1)
    }

    @Test("stay open when the clock was set back between the look and the lock")
    func setBack() throws {
        let id = try place(seconds: 3_600)
        pass(seconds: 3_600)
        let sweeper = sweeper()
        #expect(try sweeper.step() == 1)
        clock.advance(by: .seconds(-1_800))
        ledger.test.database.runBatch()
        #expect(try ledger.hold(id).isOpen)
    }

    @Test("expire once, also when two sweepers found them")
    func twice() throws {
        let id = try place()
        pass(seconds: 60)
        let before = try ledger.sequence()
        let sweeper = sweeper()
        #expect(try sweeper.step() == 1)
        #expect(try sweeper.step() == 1)
        ledger.test.database.runBatch()
        #expect(try ledger.hold(id).status == .expired)
        #expect(try ledger.sequence() == before + 1)
        #expect(faults.all.withLock { $0 } == [])
    }

    @Test("are swept in pages, the longest overdue first, and others are left alone")
    func pages() throws {
        let late = try place(1, seconds: 50)
        var drafts = try (0..<ExpireHolds.pageCount).map { _ in
            try ledger.draft(
                1, debit: "shop:till:EUR", credit: "wallet:1:EUR", phase: .pending(.timed(seconds: 40)))
        }
        drafts.append(
            try ledger.draft(1, debit: "shop:till:EUR", credit: "wallet:1:EUR", phase: .pending(.reservation)))
        let command = try PostLedgerTransactions.Command(
            book: .first, drafts: drafts, isAtomic: true, context: ledger.context)
        _ = try ledger.test.write { try PostLedgerTransactions.perform(command, in: &$0) }
        pass(seconds: 50)
        #expect(try sweep() == ExpireHolds.pageCount)
        #expect(try ledger.hold(late).isOpen)
        #expect(try sweep() == 1)
        #expect(try !ledger.hold(late).isOpen)
        #expect(try sweep() == 0)
        #expect(try ledger.balance("wallet:1:EUR") == Balance(0, 1_000, 0, 1))
    }

    @Test("last from one second to ten years")
    func bounds() throws {
        #expect(HoldKind.timeouts == 1...(10 * 365 * 86_400))
        let id = try place(1, seconds: HoldKind.timeouts.upperBound)
        #expect(try ledger.hold(id).expiresAt?.description == "2036-03-28T08:00:00.000003Z")
        #expect(try ledger.isFolded())
        #expect(throws: DraftRejection.timeoutOutOfRange(seconds: HoldKind.timeouts.upperBound + 1)) {
            try place(1, seconds: HoldKind.timeouts.upperBound + 1)
        }
    }

    @Test("are swept until the sweeper is cancelled, and a fault is reported and stops nothing")
    func run() async throws {
        let id = try place()
        pass(seconds: 60)
        let sleeper = CountedSleep(limit: 3) { ledger.test.database.runBatch() }
        await #expect(throws: CancellationError.self) { try await sweeper().run(sleeper: sleeper) }
        #expect(sleeper.spans == [.seconds(1), .seconds(1), .seconds(1)])
        #expect(try ledger.hold(id).status == .expired)
    }
}

/// A sleep that takes no time, runs what is due meanwhile, and is cancelled after so many.
private final class CountedSleep: Sleeper, @unchecked Sendable {
    private let limit: Int
    private let meanwhile: () -> Void
    private(set) var spans: [Instant.Span] = []

    init(limit: Int, meanwhile: @escaping () -> Void) {
        self.limit = limit
        self.meanwhile = meanwhile
    }

    func sleep(for span: Instant.Span) async throws {
        spans.append(span)
        meanwhile()
        if spans.count == limit { throw CancellationError() }
    }
}
