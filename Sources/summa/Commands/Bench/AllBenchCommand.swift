import ArgumentParser

/// Every bench, one after the other, and then the table of docs/benchmarks.md.
struct AllBenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "all",
        abstract: "Every bench, one after the other, and what it comes to. With ten million rows it takes a while.")

    @OptionGroup var options: BenchOptions

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var length: LengthOptions

    @Option(help: "Transactions of the bench of growth, which is run once.")
    var growth: PositiveCount = 10_000_000

    func run() async throws {
        let sizes = ["--count", "\(ledger.count)", "--accounts", "\(ledger.accounts)"]
        let spans = ["--seconds", "\(length.seconds)"]
        var reports = [
            try await report(LedgerBenchCommand.self, sizes), try await report(CallsBenchCommand.self, sizes),
            try await report(HotBenchCommand.self, sizes), try await report(HTTPBenchCommand.self, spans),
            try await report(ReadsBenchCommand.self, sizes + spans), try await report(CallersBenchCommand.self, spans),
            try await report(BaselineBenchCommand.self, sizes),
        ]
        if options.store != nil { reports.append(try await report(ProcessesBenchCommand.self, spans)) }
        reports.append(try await report(GrowthBenchCommand.self, ["--count", "\(growth)"], runs: 1))
        options.tell(reports.standings)
    }

    /// Runs a bench with the options of all, as if they had been given to it.
    private func report(
        _ bench: (some BenchSubcommand).Type, _ arguments: [String], runs: Int? = nil
    ) async throws -> BenchReport {
        try await bench.parse(arguments + options.arguments(runs: runs)).report()
    }
}

extension BenchOptions {
    /// These options as they are written on a command line.
    fileprivate func arguments(runs: Int?) -> [String] {
        var arguments = ["--runs", "\(runs ?? self.runs)", "--seed", "\(seed)", verify ? "--verify" : "--no-verify"]
        if let data { arguments += ["--data", data] }
        if let store { arguments += ["--store", store] }
        if json { arguments.append("--json") }
        return arguments
    }
}
