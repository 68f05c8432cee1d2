import ArgumentParser
import Foundation
import JSON

struct HTTPBenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "http",
        abstract: "Charges over HTTP on SQLite: accepted, and carried through to captured and projected.")

    @Option(help: "Connections that each wait for their answer.")
    var connections = 64

    @Option(help: "How long each load lasts, in seconds.")
    var seconds = 10

    @Option(help: "The most charges on their way at once, where they are carried through.")
    var backlog = 1_000

    @Option(help: "Only this load: accepted or carried.")
    var only: String?

    @Option(help: "Where the databases are made; a temporary directory if absent.")
    var data: String?

    @Flag(help: "One JSON object instead of a table.")
    var json = false

    func validate() throws {
        guard connections > 0, seconds > 0, backlog > 0, only.map({ HTTPBench.Mode(rawValue: $0) != nil }) ?? true
        else { throw ValidationError("counts are positive, and the load is accepted or carried") }
    }

    func run() async throws {
        var table = TextTable(["charges", "connections", "per second", "p50 ms", "p99 ms", "backlog", "peak MiB"])
        var rows: [JSONValue] = []
        for mode in HTTPBench.Mode.allCases where only == nil || only == mode.rawValue {
            let directory = "\(data ?? FileManager.default.temporaryDirectory.path)/summa-bench-\(getpid())-\(mode)"
            defer { try? FileManager.default.removeItem(atPath: directory) }
            let load = HTTPBench.Load(
                mode: mode, connections: connections, seconds: seconds, backlogMax: backlog)
            let figures = try await HTTPBench(load: load, directory: directory).run()
            table.add([
                mode.rawValue, "\(connections)", "\(figures.perSecond)", milliseconds(figures.p50),
                milliseconds(figures.p99), "\(figures.backlog)", "\(figures.peakMemoryKiB / 1_024)",
            ])
            rows.append(figures.json)
        }
        json ? print(JSONValue.object([("bench", "http"), ("rows", .array(rows))]).text) : print(table.text)
    }
}

extension HTTPBench.Figures {
    fileprivate var json: JSONValue {
        .object([
            ("load", .string(mode.rawValue)), ("connections", .integer(Int64(connections))),
            ("accepted", .integer(Int64(accepted))), ("per_second", .integer(Int64(perSecond))),
            ("p50_microseconds", .integer(p50)), ("p99_microseconds", .integer(p99)),
            ("backlog", .integer(Int64(backlog))), ("peak_memory_kib", .integer(Int64(peakMemoryKiB))),
        ])
    }
}
