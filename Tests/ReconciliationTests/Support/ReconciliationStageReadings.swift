import EventLog
import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Synchronization
import Testing

@testable import Reconciliation

/// What the books and the lists say.
extension ReconciliationStage {
    func path(_ text: String) throws -> AccountPath { try #require(AccountPath(text)) }

    /// What is posted on an account, on its normal side, in minor units.
    func posted(_ text: String) throws -> Int64 {
        let path = try path(text)
        return try store.read { rows in
            let queries = LedgerQueries(rows)
            return try queries.account(.path(path)).map { try queries.balance(of: $0).posted.minorUnits } ?? 0
        }
    }

    /// What is open of an item on an account.
    func open(_ item: OpenItem, on text: String) throws -> Int64 {
        let path = try path(text)
        return try store.read { rows in
            let queries = LedgerQueries(rows)
            return try queries.account(.path(path)).flatMap { try queries.openItem(item, on: $0)?.open.minorUnits } ?? 0
        }
    }

    func breaks(_ state: BreakState? = .open) throws -> [BreakReading] {
        try ListBreaks(database: store.database)
            .run(.init(state: state), of: .first, at: store.clock.now).breaks
    }

    /// The only open break.
    func onlyBreak(_ location: SourceLocation = #_sourceLocation) throws -> BreakReading {
        let open = try breaks()
        #expect(open.count == 1, "\(open.map(\.row.kind))", sourceLocation: location)
        return try #require(open.first, sourceLocation: location)
    }

    func openWork() throws -> [String] {
        try store.read { try WorkItemStore.page(.open, kind: .break, after: nil, limit: 1_000, in: $0) }
            .map(\.subject.text)
    }

    func events() throws -> [EventDocument] {
        try store.read { try EventStore($0).events(after: 0, limit: 100_000) }
    }

    func count(of type: String) throws -> Int { try events().count { $0.type == type } }

    /// What must hold at the end of every test: the books balance, money on its way and in suspense is explained, cash is what
    /// the bank says, people's list shows every open break, events are as published, and the log alone makes the same rows.
    func expectSound(_ location: SourceLocation = #_sourceLocation) throws {
        #expect(try TrialBalance.read(.first, from: store.database).isRight, sourceLocation: location)
        let findings = try store.read { try ReconciliationInvariants.findings(in: $0) }
        #expect(findings.isEmpty, "\(findings)", sourceLocation: location)
        #expect(try store.read { try PaymentInvariants.findings(in: $0) }.isEmpty, sourceLocation: location)
        #expect(try openWork().sorted() == breaks().map(\.row.id.description).sorted(), sourceLocation: location)
        try expectClaimsExplained(location)
        let catalogue = EventCatalogue(ReconciliationParts.contents)
        for event in try events() where event.type.hasPrefix("summa.reconciliation.") {
            let faults = try catalogue.faults(in: event)
            #expect(faults.isEmpty, "\(faults)", sourceLocation: location)
        }
        let differences = try replayDifferences()
        #expect(differences.isEmpty, "\(differences.map(\.description))", sourceLocation: location)
        #expect(store.stops.isEmpty, sourceLocation: location)
    }

    /// What is open of each payment on the provider's receivable is what files have still to tell of it, no more and no less.
    private func expectClaimsExplained(_ location: SourceLocation) throws {
        try store.read { rows in
            let outcomes = try events().last { $0.type == OutcomeRecorded.type }?.id.sequence ?? 0
            guard try rows.find(MovementCursor.self, MovementCursor.only)?.sequence ?? 0 >= outcomes else { return }
            var expected: [OpenItem: [Currency: Int64]] = [:]
            for movement in try rows.select(ExpectedMovement.self, "subject > 0") {
                let rest =
                    movement.state == .settled ? movement.remaining : try movement.claim.subtracting(movement.settled)
                expected[movement.item, default: [:]][movement.currency, default: 0] += rest.minorUnits
            }
            let queries = LedgerQueries(rows)
            for (item, sums) in expected {
                for (currency, sum) in sums {
                    let path = StandardAccount(.providerReceivable, of: Self.sandbox).path(in: currency)
                    let open = try queries.account(.path(path)).flatMap { try queries.openItem(item, on: $0)?.open }
                    #expect(open?.minorUnits ?? 0 == sum, "\(item) \(currency)", sourceLocation: location)
                }
            }
        }
    }

    private func replayDifferences() throws -> [ReplayFinding] {
        let directory = try TemporaryDirectory()
        let replay = try LogReplay(
            migrations: Self.migrations, replayers: Self.replayers, directory: directory.path + "/replayed")
        defer { replay.remove() }
        return try store.read { try replay.run($0) }
    }
}

/// Bytes that differ each time and are the same in every run.
final class CountingBytes: RandomSource {
    private let count = Mutex<UInt8>(0)

    func bytes(_ length: Int) -> [UInt8] {
        count.withLock { count in
            count &+= 1
            return [UInt8](repeating: count, count: length)
        }
    }
}
