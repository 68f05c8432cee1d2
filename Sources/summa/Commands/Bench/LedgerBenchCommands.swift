import ArgumentParser

struct LedgerBenchCommand: BenchSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "Ledger transactions in process, handed in in batches: two postings, event and proof, durable.")

    @OptionGroup var options: BenchOptions
    @OptionGroup var ledger: LedgerOptions

    @Option(help: "Transactions handed in together. Repeat for several.")
    var batch: [PositiveCount] = [1_000, 8_000]

    var cases: [any BenchCase] {
        batch.map { LedgerBatchCase(size: $0.value, count: ledger.count, accountCount: ledger.accounts) }
    }
}

struct CallsBenchCommand: BenchSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "calls", abstract: "Ledger transactions in process, one a call.")

    @OptionGroup var options: BenchOptions
    @OptionGroup var ledger: LedgerOptions

    @Option(help: "Callers that each wait for their own transaction; 1 and 64 if absent, on PostgreSQL 1 and 50.")
    var callers: [PositiveCount] = []

    @Option(help: "Calls a second that come whoever still waits. Repeat for several.")
    var rate: [PositiveCount] = [3_000]

    var cases: [any BenchCase] {
        (callers.isEmpty ? [1, options.callers] : callers).map { callers in
            LedgerCallsCase(
                callerCount: callers.value, count: count(by: callers.value), accountCount: ledger.accounts)
        }
            + rate.map { rate in
                LedgerCallsCase(
                    callerCount: 0, rate: rate.value, count: ledger.count / 4, accountCount: ledger.accounts)
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
    var batch: PositiveCount = 1_000

    @Option(help: "Callers that each wait for their own transaction; 64 if absent, on PostgreSQL 50.")
    var callers: PositiveCount?

    var cases: [any BenchCase] {
        [.batches(of: batch.value), .callers((callers ?? options.callers).value)].map { shape in
            HotAccountCase(shape: shape, count: ledger.count, accountCount: ledger.accounts)
        }
    }
}

struct GrowthBenchCommand: BenchSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "growth",
        abstract: "The rate of the last million against the first, with memory, disk and the time of a restart.")

    @OptionGroup var options: BenchOptions
    @OptionGroup var between: AccountOptions

    @Option(help: "Transactions altogether.")
    var count: PositiveCount = 10_000_000

    @Option(help: "Transactions handed in together.")
    var batch: PositiveCount = 8_000

    var cases: [any BenchCase] {
        [GrowthCase(count: count.value, batchSize: batch.value, accountCount: between.accounts)]
    }
}

struct BaselineBenchCommand: BenchSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "baseline",
        abstract: "The same transactions in plain SQL, one database transaction each, without any engine of ours.")

    @OptionGroup var options: BenchOptions
    @OptionGroup var ledger: LedgerOptions

    var cases: [any BenchCase] {
        let count = max(1, ledger.count / 8)
        let posts = [(1, false), (options.callers.value, false), (options.callers.value, true)].map { callers, isHot in
            BaselinePostsCase(callerCount: callers, isHot: isHot, count: count, accountCount: ledger.accounts)
        }
        return posts + [BaselineReadsCase(count: ledger.count, accountCount: ledger.accounts)]
    }
}

extension BenchOptions {
    /// As many callers as the rows of docs/benchmarks.md have.
    fileprivate var callers: PositiveCount { store == nil ? 64 : 50 }
}
