import EventLog
import Ledger
import Money
import Storage
import SummaTestKit
import Testing

/// Many writers at once on two accounts that may never owe.
@Suite("Two hot accounts")
struct HotAccountsTests {
    private static let writerCount = 64
    private static let transfersEach = 40

    private let store: TestDatabase
    private var bench: Bench { Bench(database: store.database) }

    init() throws {
        store = try TestDatabase([LedgerSchema.migration], log: MerkleLog(), runsOwnThread: true)
    }

    @Test("never go below their floor under 64 concurrent writers, and no update is lost", .timeLimit(.minutes(2)))
    func concurrent() async throws {
        let bench = bench
        for name in ["hot:a:EUR", "hot:b:EUR"] { try await bench.open(name, floor: 0) }
        try await bench.open("world:EUR", floor: nil)
        for name in ["hot:a:EUR", "hot:b:EUR"] {
            let isFunded = try await bench.transfer(5_000, from: "world:EUR", to: name)
            #expect(isFunded)
        }
        let seed = UInt64.random(in: 0..<1_000_000)
        let accepted = try await withThrowingTaskGroup(of: Int.self) { group in
            for writer in 0..<Self.writerCount {
                group.addTask { try await bench.write(seed: seed &+ UInt64(writer), transfers: Self.transfersEach) }
            }
            return try await group.reduce(0, +)
        }
        #expect(
            accepted > 0 && accepted < Self.writerCount * Self.transfersEach, "seed \(seed): some refused, some not")
        try store.read { rows in
            // Three accounts opened, two fundings, and one event for each that was accepted: none is lost, none doubled.
            #expect(rows.asOf == Int64(3 + 2 + accepted), "seed \(seed)")
            var fold = LedgerFold()
            try rows.events(after: 0, limit: Int(rows.asOf)) { fold.apply(try EventDocument(Array($1))) }
            #expect(fold.findings == [], "seed \(seed): at no event was a floor broken")
            #expect(try fold.compare(with: rows) == [], "seed \(seed)")
        }
    }
}

/// What one writer does, over and over.
private struct Bench: Sendable {
    let database: Database
    private let context = EventContext(actor: "key:test")

    init(database: Database) {
        self.database = database
    }

    func write(seed: UInt64, transfers count: Int) async throws -> Int {
        var random = SeededGenerator(seed: seed)
        var accepted = 0
        for _ in 0..<count {
            let isForth = Bool.random(using: &random)
            let amount = Int64.random(in: 1...4_000, using: &random)
            let (from, to) = isForth ? ("hot:a:EUR", "hot:b:EUR") : ("hot:b:EUR", "hot:a:EUR")
            if try await transfer(amount, from: from, to: to) { accepted += 1 }
        }
        return accepted
    }

    /// Whether there was enough.
    func transfer(_ minorUnits: Int64, from: String, to: String) async throws -> Bool {
        let amount = Amount(minorUnits: minorUnits, currency: .eur)
        let draft = try LedgerTransactionDraft(
            .manual,
            [
                Posting(.path(#require(AccountPath(from))), .debit, amount),
                Posting(.path(#require(AccountPath(to))), .credit, amount),
            ], authority: .caller)
        do {
            _ = try await PostLedgerTransaction(database: database)
                .run(.init(book: .first, draft: draft, context: context))
            return true
        } catch PostingRejection.insufficientFunds {
            return false
        }
    }

    func open(_ path: String, floor: Int64?) async throws {
        let draft = try AccountDraft(
            path: #require(AccountPath(path)), type: .liability, currency: .eur, floor: floor)
        _ = try await OpenAccount(database: database).run(.init(book: .first, draft: draft, context: context))
    }
}
