import ArgumentParser
import Glibc
import Simulation
import Storage

/// Runs everything in one process under a seed, with whatever may go wrong, and checks what has come of it.
struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Run callers, books, provider, callbacks and files under a seed, and check all that must hold.",
        discussion: "The same seed gives the same history, byte for byte. What is simulated: docs/simulation.md.")

    @Option(help: "What decides everything that happens.")
    var seed: UInt64 = 1

    @Option(help: "How many steps, before everything comes to rest.")
    var steps = 2_000

    @Option(help: "How many seeds, one after the other, from this one on.")
    var seeds: UInt64 = 1

    @Flag(help: "Go on with the next seed until told to stop (Control-C).")
    var forever = false

    @Flag(help: "Show every step.")
    var trace = false

    func validate() throws {
        guard steps > 0 else { throw ValidationError("--steps must be 1 or more") }
        guard seeds > 0, seeds - 1 <= .max - seed else { throw ValidationError("--seeds must be 1 or more") }
    }

    func run() async throws {
        try await StopSignals.run { try runSeeds() }
    }

    private func runSeeds() throws {
        let last = forever ? .max : seed + (seeds - 1)
        var tally = SimulationTally()
        for seed in seed...last {
            // Not a condition of the loop: that would go on through all the seeds there are and do nothing with each.
            if Task.isCancelled { break }
            let report = try run(seed)
            tally.add(report)
            guard report.isRight else {
                Progress.clear()
                print(report.failureText)
                throw ExitCode(1)
            }
            if seeds == 1, !forever { print(report.text) } else { show(tally) }
        }
        if seeds > 1 || forever {
            Progress.clear()
            print(tally.text)
        }
    }

    /// On a terminal after each seed; elsewhere a line now and then.
    private func show(_ tally: SimulationTally) {
        Progress.show(tally.line)
        guard forever, tally.isWorthALine else { return }
        print(tally.line)
        fflush(nil)
    }

    private func run(_ seed: UInt64) throws -> SimulationReport {
        var settings = Simulation.Settings(seed: seed, stepCount: steps)
        if trace { settings.show = { print($0) } }
        let place = try SimulationPlace()
        defer { place.remove() }
        return try Simulation(settings, in: place.path).run()
    }
}
