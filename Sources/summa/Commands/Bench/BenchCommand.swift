import ArgumentParser

/// Measures this build on this machine.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure what this build does on this machine.",
        subcommands: [
            LedgerBenchCommand.self, CallsBenchCommand.self, HotBenchCommand.self, HTTPBenchCommand.self,
            ReadsBenchCommand.self, CallersBenchCommand.self, GrowthBenchCommand.self, BaselineBenchCommand.self,
            AllBenchCommand.self,
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

/// How much a bench in process does, and between how many accounts.
struct LedgerOptions: ParsableArguments {
    @Option(help: "Transactions of each run.")
    var count = 200_000

    @Option(help: "Accounts they go between, at random.")
    var accounts = 10_000

    func validate() throws {
        guard count > 0, accounts > 1 else { throw ValidationError("there are some, between two accounts at least") }
    }
}
