import Ledger
import Storage
import Synchronization

/// Balances of accounts at random, read in process: each on a snapshot of its own, or many on one.
struct BalanceReadsCase: BenchCase {
    /// Balances read on one snapshot.
    let perSnapshot: Int
    let threadCount: Int
    let count: Int
    let accountCount: Int

    var name: String { "in process, \(perSnapshot) a snapshot" }

    func measure(in place: BenchPlace) async throws -> [BenchFigure] {
        try await place.withBooks { books in
            let accounts = try await LedgerLoad.accounts(accountCount, in: books.database)
            try await read(count / 20, accounts, books.database, place.seed)
            let meter = RateMeter()
            try await read(count, accounts, books.database, place.seed)
            return meter.figures("reads", Int64(snapshotCount(of: count) * perSnapshot * threadCount))
        }
    }

    /// Snapshots of each thread for so many reads altogether: one at least.
    private func snapshotCount(of count: Int) -> Int { max(1, count / (perSnapshot * threadCount)) }

    private func read(_ count: Int, _ accounts: [AccountID], _ database: Database, _ seed: UInt64) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for thread in 0..<threadCount {
                group.addTask {
                    var random = SplitMix(seed: seed &+ UInt64(thread))
                    for _ in 0..<snapshotCount(of: count) { try read(accounts, database, &random) }
                }
            }
            try await group.waitForAll()
        }
    }

    private func read(_ accounts: [AccountID], _ database: Database, _ random: inout SplitMix) throws {
        try database.read(LedgerLoad.book) { rows in
            let ledger = LedgerQueries(rows)
            for _ in 0..<perSnapshot {
                let id = accounts[Int(random.next() % UInt64(accounts.count))]
                guard let account = try ledger.account(.id(id)) else { throw CommandFailure("an account is gone") }
                _ = try ledger.balance(of: account)
            }
        }
    }
}
