import ArgumentParser

/// Measures this build on this machine.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure what this build does on this machine.",
        subcommands: [
            LedgerBenchCommand.self, CallsBenchCommand.self, HotBenchCommand.self, ProcessesBenchCommand.self,
            HTTPBenchCommand.self, ReadsBenchCommand.self, CallersBenchCommand.self, GrowthBenchCommand.self,
            BaselineBenchCommand.self, AllBenchCommand.self, WriterCommand.self,
        ])
}

/// A bench by its name: the loads that its options ask for.
protocol BenchSubcommand: AsyncParsableCommand {
    var options: BenchOptions { get }
    var cases: [any BenchCase] { get }
}

extension BenchSubcommand {
    func run() async throws { try await report() }

    @discardableResult
    func report() async throws -> BenchReport { try await options.report(Self._commandName, cases) }
}
