import Foundation
import JSON

/// One load of a bench: makes its own books, warms up, measures, and has what it wrote verified.
protocol BenchCase: Sendable {
    /// The name of its row.
    var name: String { get }
    func measure(in place: BenchPlace) async throws -> [BenchFigure]
}

extension BenchCase {
    /// Holds what callers were told against what stands in the database: a rate of anything else says nothing.
    /// - Throws: `CommandFailure` where they differ.
    func demand(_ standing: Int64, acknowledged: Int) throws {
        guard standing == Int64(acknowledged) else {
            throw CommandFailure("\(name): \(acknowledged) were acknowledged, and \(standing) stand in the database")
        }
    }
}

extension BenchOptions {
    /// Runs each load as often as asked for, taking turns: what a machine does to one run it does to all loads. Prints the
    /// medians.
    @discardableResult
    func report(_ name: String, _ cases: [any BenchCase]) async throws -> BenchReport {
        let report = try await measured(name, cases)
        say(report.json, or: "\(report.text)\(Machine.current.text)\n\n\([report].standings.text)")
        return report
    }

    /// Prints what all benches come to.
    func tell(_ standings: [BenchStanding]) {
        say(
            .object([
                ("bench", .string("all")), ("store", .string(kind.rawValue)), ("held_against", standings.json),
            ]), or: "All of \(kind):\n\n\(standings.text)")
    }

    /// At once: it may be long until the next bench has ended.
    private func say(_ value: JSONValue, or text: String) {
        print(json ? value.text + "\n" : text, terminator: "")
        fflush(nil)
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
        var report = BenchReport(name, on: kind, runCount: runs)
        for (each, runs) in zip(cases, found) { report.add(each.name, runs: runs) }
        return report
    }
}
