import ArgumentParser
import Foundation

/// What all benches are asked.
struct BenchOptions: ParsableArguments {
    @Option(help: "How often each load is run, taking turns; medians are told.")
    var runs = 3

    @Option(help: "Seed of the random loads.")
    var seed: UInt64 = 1

    @Option(help: "Where the databases are made; a temporary directory if absent.")
    var data: String?

    @Option(help: "A database server instead, as postgres://… tells it.")
    var store: String?

    @Flag(inversion: .prefixedNo, help: "Check everything that was written, as `summa verify` does.")
    var verify = true

    @Flag(help: "One JSON object instead of a table.")
    var json = false

    func validate() throws {
        guard runs > 0 else { throw ValidationError("a load is run once or more") }
        guard store == nil || data == nil else { throw ValidationError("give a directory or a database server") }
    }

    /// What the books are kept in.
    var kind: BenchStore { store == nil ? .sqlite : .postgres }

    /// A place of its own for each load.
    func place(_ name: String) -> BenchPlace {
        let parent = data ?? FileManager.default.temporaryDirectory.path
        return BenchPlace(
            directory: "\(parent)/summa-bench-\(getpid())-\(name)", store: store, seed: seed, isVerified: verify)
    }
}
