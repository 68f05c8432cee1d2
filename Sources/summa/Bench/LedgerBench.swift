import EventLog
import Glibc
import Ledger
import Money
import Storage

/// The ledger in process, on SQLite, with all it does: idempotent by a random caller's key, two postings, four counters,
/// an event in the tree, durable.
///
/// The rate is events counted in the database over wall time.
struct LedgerBench {
    struct Load {
        /// Transactions handed in together, or callers that each wait for their own.
        enum Shape { case batches(of: Int), callers(Int) }

        let shape: Shape
        let transactionCount: Int
        let accountCount: Int
        let seed: UInt64
    }

    struct Figures {
        let load: String
        let perSecond: Int64
        /// Per batch, or per call where callers wait singly; microseconds.
        let p50: Int64
        let p99: Int64
        let bytesPerTransaction: Int64
        let peakMemoryKiB: Int
    }

    private let directory: String
    private let database: Database
    private let book = BookID(rawValue: 1)
    private let uptime = Uptime()

    init(directory: String, load: Load) throws {
        var configuration = Database.Configuration()
        if case .batches(let size) = load.shape {
            configuration.runsOwnThread = false
            configuration.limits.batchCountMax = size
        }
        self.directory = directory
        database = try Database(
            directory: directory, migrations: [LedgerSchema.migration], log: MerkleLog(), clock: SystemClock(),
            writer: 1,
            configuration: configuration,
            stop: { fault in
                print("stopped: \(fault)"); exit(1)
            })
    }

    func run(_ load: Load) async throws -> Figures {
        let accounts = try await seed(load)
        var random = SplitMix(seed: load.seed)
        let before = try eventCount()
        let start = uptime.now
        let latencies: Latencies
        switch load.shape {
        case .batches(let size): latencies = runBatches(of: size, load, accounts, &random)
        case .callers(let count): latencies = try await runCallers(count, load, accounts, &random)
        }
        let elapsed = max(1, uptime.now.since(start).microseconds)
        let done = try eventCount() - before
        database.close()
        return Figures(
            load: load.name, perSecond: done * 1_000_000 / elapsed, p50: latencies.perMille(500),
            p99: latencies.perMille(990), bytesPerTransaction: bytes() / max(1, done), peakMemoryKiB: peakMemoryKiB())
    }

    func remove() {
        for suffix in ["", "-wal", "-shm"] { unlink(Database.file(in: directory) + suffix) }
        unlink(directory + "/summa.lock")
        rmdir(directory)
    }

    // MARK: Loads

    private func runBatches(
        of size: Int, _ load: Load, _ accounts: [AccountID], _ random: inout SplitMix
    ) -> Latencies {
        var latencies = Latencies()
        var left = load.transactionCount
        while left > 0 {
            for _ in 0..<min(size, left) {
                let draft = self.draft(accounts, &random)
                database.enqueue(
                    book, expecting: draft.expectedKeys,
                    body: { work in try PostLedgerTransaction.perform(draft, context: LedgerBench.context, in: &work) },
                    completion: LedgerBench.demandSuccess)
            }
            let start = uptime.now
            database.runBatch()
            latencies.add(uptime.now.since(start))
            left -= size
        }
        return latencies
    }

    private func runCallers(
        _ count: Int, _ load: Load, _ accounts: [AccountID], _ random: inout SplitMix
    ) async throws -> Latencies {
        let share = load.transactionCount / count
        return try await withThrowingTaskGroup(of: [Instant.Span].self) { group in
            for _ in 0..<count {
                var own = SplitMix(seed: random.next())
                group.addTask {
                    var spans: [Instant.Span] = []
                    spans.reserveCapacity(share)
                    for _ in 0..<share {
                        let draft = draft(accounts, &own)
                        let start = uptime.now
                        _ = try await database.write(book, expecting: draft.expectedKeys) { work in
                            try PostLedgerTransaction.perform(draft, context: LedgerBench.context, in: &work)
                        }
                        spans.append(uptime.now.since(start))
                    }
                    return spans
                }
            }
            var latencies = Latencies()
            for try await spans in group { spans.forEach { latencies.add($0) } }
            return latencies
        }
    }

    private static let context = EventContext(actor: "bench")

    private static func demandSuccess(_ result: Result<PostingAnswer, any Error>) {
        guard case .failure(let error) = result else { return }
        print("a transaction failed: \(error)")
        exit(1)
    }

    // MARK: Data

    /// A random amount between two random accounts, under a random key.
    private func draft(_ accounts: [AccountID], _ random: inout SplitMix) -> LedgerTransactionDraft {
        let debit = Int(random.next() % UInt64(accounts.count))
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

    private func seed(_ load: Load) async throws -> [AccountID] {
        try await step { database.enqueueCreation(of: book, named: "bench", completion: $0) }
        var accounts: [AccountID] = []
        for first in stride(from: 0, to: load.accountCount, by: 1_000) {
            let paths = (first..<min(first + 1_000, load.accountCount)).compactMap { AccountPath("bench:\($0):EUR") }
            accounts += try await step { completion in
                database.enqueue(
                    book,
                    body: { work in
                        try paths.map { path in
                            let draft = try AccountDraft(path: path, type: .liability, currency: .eur)
                            let command = OpenAccount.Command(book: book, draft: draft, context: LedgerBench.context)
                            return try OpenAccount.perform(command, in: &work).id
                        }
                    }, completion: completion)
            }
        }
        return accounts
    }

    /// Enqueues and, where the database has no thread of its own, runs the batch.
    private func step<T: Sendable>(
        _ enqueue: (@escaping @Sendable (Result<T, any Error>) -> Void) -> Void
    ) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            enqueue { continuation.resume(with: $0) }
            if !database.hasOwnThread { database.runBatch() }
        }
    }

    private func eventCount() throws -> Int64 { try database.read(book) { $0.asOf } }

    private func bytes() -> Int64 {
        bytesOnDisk(of: ["", "-wal"].map { Database.file(in: directory) + $0 })
    }
}

extension LedgerBench.Load {
    var name: String {
        switch shape {
        case .batches(let size): "batch \(size)"
        case .callers(let count): "\(count) callers"
        }
    }
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
