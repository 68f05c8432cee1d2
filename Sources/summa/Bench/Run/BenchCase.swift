import Foundation

/// One load of a bench: makes its own books, warms up, measures, and has what it wrote verified.
protocol BenchCase: Sendable {
    /// The name of its row.
    var name: String { get }
    func measure(in place: BenchPlace) async throws -> [BenchFigure]
}

extension BenchOptions {
    /// Runs each load as often as asked for, taking turns: what a machine does to one run it does to all loads. Prints the
    /// medians.
    @discardableResult
    func report(_ name: String, _ cases: [any BenchCase]) async throws -> BenchReport {
        let report = try await measured(name, cases)
        print(json ? report.json.text : "\(report.text)\(Machine.current.text)\n")
        fflush(nil)
        return report
    }

    /// - Throws: What a load throws; what was written is removed all the same.
    private func measured(_ name: String, _ cases: [any BenchCase]) async throws -> BenchReport {
        var found = [[[BenchFigure]]](repeating: [], count: cases.count)
        for run in 1...runs {
            for (index, each) in cases.enumerated() {
                Progress.show("\(name): \(each.name), run \(run) of \(runs)")
                ProcessMeasures.forgetPeak()
                found[index].append(try await each.measure(in: place("\(name)-\(index)")))
            }
        }
        Progress.clear()
        var report = BenchReport(name, runCount: runs)
        for (each, runs) in zip(cases, found) { report.add(each.name, runs: runs) }
        return report
    }
}
