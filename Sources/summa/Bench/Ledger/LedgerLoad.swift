import EventLog
import Ledger
import Money
import Storage

/// Ledger transactions at random: an amount between two accounts of many, under a random caller's key.
struct LedgerLoad: Sendable {
    static let book = Founding.book
    static let context = EventContext(actor: "bench")

    private let accounts: [AccountID]
    /// Whether one of the two accounts is always the same.
    private let isHot: Bool
    private var random: SplitMix

    init(_ accounts: [AccountID], isHot: Bool = false, seed: UInt64) {
        self.accounts = accounts
        self.isHot = isHot
        random = SplitMix(seed: seed)
    }

    mutating func next() -> LedgerTransactionDraft {
        let debit = isHot ? 0 : Int(random.next() % UInt64(accounts.count))
        let credit = (debit + 1 + Int(random.next() % UInt64(accounts.count - 1))) % accounts.count
        let amount = Amount(minorUnits: Int64(random.next() % 100_000) + 1, currency: .eur)
        let key = ExternalID(String(random.next(), radix: 36) + "-" + String(random.next(), radix: 36))
        do {
            return try LedgerTransactionDraft(
                .manual,
                [Posting(.id(accounts[debit]), .debit, amount), Posting(.id(accounts[credit]), .credit, amount)],
                authority: .caller, externalID: key)
        } catch {
            preconditionFailure("two legs of one amount balance: \(error)")
        }
    }

    /// Another load over the same accounts, for somebody who calls beside this one.
    mutating func split() -> LedgerLoad {
        LedgerLoad(accounts, isHot: isHot, seed: random.next())
    }

    /// Makes the book in an empty database, whether or not that has a thread of its own, and opens accounts in it.
    static func accounts(_ count: Int, in database: Database) async throws -> [AccountID] {
        try await step(database) { database.enqueueCreation(of: book, named: Founding.bookName, completion: $0) }
        return try await openAccounts(count, in: database)
    }

    static func openAccounts(_ count: Int, in database: Database) async throws -> [AccountID] {
        var accounts: [AccountID] = []
        for first in stride(from: 0, to: count, by: 1_000) {
            let paths = (first..<min(first + 1_000, count)).compactMap { AccountPath("bench:\($0):EUR") }
            accounts += try await step(database) { completion in
                database.enqueue(book, body: { try open(paths, in: &$0) }, completion: completion)
            }
        }
        return accounts
    }

    private static func open(_ paths: [AccountPath], in work: inout UnitOfWork) throws -> [AccountID] {
        try paths.map { path in
            let draft = try AccountDraft(path: path, type: .liability, currency: .eur)
            return try OpenAccount.perform(.init(book: book, draft: draft, context: context), in: &work).id
        }
    }

    private static func step<T: Sendable>(
        _ database: Database, _ enqueue: (@escaping @Sendable (Result<T, any Error>) -> Void) -> Void
    ) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            enqueue { continuation.resume(with: $0) }
            if !database.hasOwnThread { database.runBatch() }
        }
    }
}

extension Database {
    /// How many events a bench's book has.
    func benchEventCount() throws -> Int64 { try read(LedgerLoad.book) { $0.asOf } }
}

/// A small seeded generator: the same seed, the same load.
struct SplitMix: Sendable {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
