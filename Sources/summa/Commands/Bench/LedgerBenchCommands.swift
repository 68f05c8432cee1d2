import ArgumentParser

struct LedgerBenchCommand: BenchSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "Ledger transactions in process, handed in in batches: two postings, event and proof, durable.")

    @OptionGroup var options: BenchOptions
    @OptionGroup var ledger: LedgerOptions

    @Option(help: "Transactions handed in together. Repeat for several.")
    var batch: [Int] = [1_000, 8_000]

    func validate() throws {
        guard batch.allSatisfy({ $0 > 0 }) else { throw ValidationError("a batch has one transaction at least") }
    }

    var cases: [any BenchCase] {
        batch.map { LedgerBatchCase(size: $0, count: ledger.count, accountCount: ledger.accounts) }
    }
}

struct CallsBenchCommand: BenchSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "calls", abstract: "Ledger transactions in process, one a call.")

    @OptionGroup var options: BenchOptions
    @OptionGroup var ledger: LedgerOptions

    @Option(help: "Callers that each wait for their own transaction. Repeat for several.")
    var callers: [Int] = [1, 64]

    @Option(help: "Calls a second that come whoever still waits. Repeat for several.")
    var rate: [Int] = [3_000]

    func validate() throws {
        guard (callers + rate).allSatisfy({ $0 > 0 }) else { throw ValidationError("somebody calls") }
    }

    var cases: [any BenchCase] {
        callers.map { callers in
            LedgerCallsCase(callerCount: callers, count: count(by: callers), accountCount: ledger.accounts)
        }
            + rate.map { rate in
                LedgerCallsCase(callerCount: 0, rate: rate, count: ledger.count / 4, accountCount: ledger.accounts)
            }
    }

    /// A few callers get a fraction done of what many do.
    private func count(by callers: Int) -> Int { callers < 8 ? max(1, ledger.count / 8) : ledger.count }
}

struct HotBenchCommand: BenchSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "hot", abstract: "Every transaction through one account, against spread ones, in turns.")

    @OptionGroup var options: BenchOptions
    @OptionGroup var ledger: LedgerOptions

    @Option(help: "Transactions handed in together.")
    var batch = 1_000

    @Option(help: "Callers that each wait for their own transaction.")
    var callers = 64

    func validate() throws {
        guard batch > 0, callers > 0 else { throw ValidationError("counts are positive") }
    }

    var cases: [any BenchCase] {
        [.batches(of: batch), .callers(callers)].map { shape in
            HotAccountCase(shape: shape, count: ledger.count, accountCount: ledger.accounts)
        }
    }
}

struct GrowthBenchCommand: BenchSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "growth",
        abstract: "The rate of the last million against the first, with memory, disk and the time of a restart.")

    @OptionGroup var options: BenchOptions

    @Option(help: "Transactions altogether.")
    var count = 10_000_000

    @Option(help: "Transactions handed in together.")
    var batch = 8_000

    @Option(help: "Accounts they go between, at random.")
    var accounts = 10_000

    func validate() throws {
        guard count > 1, batch > 0, accounts > 1 else { throw ValidationError("counts are positive") }
    }

    var cases: [any BenchCase] { [GrowthCase(count: count, batchSize: batch, accountCount: accounts)] }
}

struct BaselineBenchCommand: BenchSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "baseline",
        abstract: "The same transactions in plain SQL, one database transaction each, without any engine of ours.")

    @OptionGroup var options: BenchOptions
    @OptionGroup var ledger: LedgerOptions

    var cases: [any BenchCase] {
        let count = max(1, ledger.count / 8)
        return [
            BaselinePostsCase(callerCount: 1, count: count, accountCount: ledger.accounts),
            BaselinePostsCase(callerCount: 64, count: count, accountCount: ledger.accounts),
            BaselinePostsCase(callerCount: 64, isHot: true, count: count, accountCount: ledger.accounts),
            BaselineReadsCase(count: ledger.count, accountCount: ledger.accounts),
        ]
    }
}
