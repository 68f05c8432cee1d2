import ArgumentParser
import Foundation

/// Measures this build on this machine.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure what this build does on this machine.",
        subcommands: [LedgerBenchCommand.self, HTTPBenchCommand.self])
}

struct LedgerBenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "Ledger transactions in process on SQLite: two postings, event and proof, durable.")

    @Option(help: "Transactions handed in together. Repeat for several; 0 stands for callers that wait singly.")
    var batch: [Int] = [1, 100, 1_000, 8_000, 0]

    @Option(help: "Callers that each wait for their own transaction.")
    var callers = 64

    @Option(help: "Transactions of each measurement; single calls make a fifth of it.")
    var count = 200_000

    @Option(help: "Accounts the transactions go between, at random.")
    var accounts = 10_000

    @Option(help: "Seed of the random load.")
    var seed: UInt64 = 1

    @Option(help: "Where the databases are made; a temporary directory if absent.")
    var data: String?

    @Flag(help: "One JSON object instead of a table.")
    var json = false

    func validate() throws {
        guard batch.allSatisfy({ $0 >= 0 }), callers > 0, count > 0, accounts > 1 else {
            throw ValidationError("counts are positive, and there are two accounts at least")
        }
    }

    func run() async throws {
        let parent = data ?? FileManager.default.temporaryDirectory.path
        var figures: [LedgerBench.Figures] = []
        for size in batch {
            let load = LedgerBench.Load(
                shape: size == 0 ? .callers(callers) : .batches(of: size),
                transactionCount: size == 1 ? max(1, count / 5) : count, accountCount: accounts, seed: seed)
            let bench = try LedgerBench(directory: "\(parent)/summa-bench-\(getpid())-\(size)", load: load)
            defer { bench.remove() }
            figures.append(try await bench.run(load))
            if !json { printRow(figures[figures.count - 1], isFirst: figures.count == 1) }
        }
        if json { printJSON(figures) }
    }

    private func printRow(_ figures: LedgerBench.Figures, isFirst: Bool) {
        if isFirst { print("load          transactions/s    p50 ms    p99 ms  bytes each  peak MiB") }
        let cells = [
            figures.load.padding(toLength: 12, withPad: " ", startingAt: 0), right("\(figures.perSecond)", 16),
            right(milliseconds(figures.p50), 10), right(milliseconds(figures.p99), 10),
            right("\(figures.bytesPerTransaction)", 12), right("\(figures.peakMemoryKiB / 1_024)", 10),
        ]
        print(cells.joined())
        fflush(nil)
    }

    private func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    private func printJSON(_ figures: [LedgerBench.Figures]) {
        let rows = figures.map { row in
            """
            {"load":"\(row.load)","per_second":\(row.perSecond),"p50_microseconds":\(row.p50),\
            "p99_microseconds":\(row.p99),"bytes_per_transaction":\(row.bytesPerTransaction),\
            "peak_memory_kib":\(row.peakMemoryKiB)}
            """
        }
        print(
            "{\"bench\":\"ledger\",\"accounts\":\(accounts),\"seed\":\(seed),\"rows\":[\(rows.joined(separator: ","))]}"
        )
    }
}
