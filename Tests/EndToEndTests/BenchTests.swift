import Foundation
import JSON
import Testing

/// The benches in their shortest form: that they end, that what they wrote is verified and counted as it was acknowledged, which
/// a bench refuses to go without, and that nothing is left behind. How fast they are is not asked here.
@Suite("summa bench", .serialized)
struct BenchTests {
    static let ledger = ["--count", "640", "--accounts", "20"]
    static let http = ["--connections", "4", "--seconds", "1"]

    @Test(
        "measures each load on SQLite and removes what it wrote",
        arguments: [
            (["ledger", "--batch", "100", "--batch", "64"] + ledger, ["batches of 100", "batches of 64"]),
            (["calls", "--rate", "500"] + ledger, ["1 waiting", "64 waiting", "500/s offered"]),
            (["hot", "--batch", "20", "--callers", "8"] + ledger, ["batches of 20", "8 waiting"]),
            (
                ["reads", "--rate", "100"] + ledger + http,
                [
                    "in process, 1 a snapshot", "in process, 1000 a snapshot", "HTTP, 4 connections",
                    "HTTP, 100/s offered",
                ]
            ),
            (
                ["http", "--rate", "100", "--backlog", "20"] + http,
                ["accepted, 4 connections", "accepted, 100/s offered", "carried through, 4 connections"]
            ),
            (["callers", "--bad", "3", "--rate", "50"] + http, ["50/s offered, beside 3 slow and 3 cancelled"]),
            (["growth", "--count", "400", "--batch", "100", "--accounts", "20"], ["400 in batches of 100"]),
            (
                // Fewer than there are callers.
                ["baseline", "--count", "64", "--accounts", "20"],
                ["1 waiting", "64 waiting", "64 waiting, one hot account", "balance reads"]
            ),
        ])
    func onSQLite(arguments: [String], loads: [String]) throws {
        let scratch = try Scratch()
        let run = try SummaProcess.run(["bench"] + arguments + ["--runs", "1", "--json", "--data", scratch.path])
        #expect(run.status == 0, "\(run.output)\(run.errors)")
        try expectReport(run.json, store: "sqlite", loads: loads)
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).isEmpty)
    }

    @Test("measures on PostgreSQL too, two processes and the plain ledger among the rest, and drops its databases")
    func onPostgres() throws {
        let postgres = try OwnPostgres()
        for (arguments, loads) in [
            (["ledger", "--batch", "100"] + Self.ledger, ["batches of 100"]),
            (["calls", "--rate", "500"] + Self.ledger, ["1 waiting", "50 waiting", "500/s offered"]),
            (["http", "--only", "accepted"] + Self.http, ["accepted, 4 connections"]),
            (["baseline"] + Self.ledger, ["1 waiting", "50 waiting", "50 waiting, one hot account", "balance reads"]),
            (
                ["processes", "--seconds", "1", "--batch", "20", "--accounts", "20"],
                ["two processes on two books", "two processes on one book"]
            ),
        ] {
            let run = try SummaProcess.run(["bench"] + arguments + ["--runs", "1", "--json", "--store", postgres.url])
            #expect(run.status == 0, "\(run.output)\(run.errors)")
            try expectReport(run.json, store: "postgres", loads: loads)
        }
        #expect(try postgres.databases().isEmpty)
    }

    @Test("refuses loads that are none, and processes without a database they could share")
    func refusals() throws {
        for arguments in [
            ["ledger", "--batch", "0"], ["ledger", "--count", "0"], ["ledger", "--accounts", "1"],
            ["http", "--seconds", "0"], ["calls", "--callers", "-1"], ["ledger", "--runs", "0"], ["processes"],
        ] { #expect(try SummaProcess.run(["bench"] + arguments).status == 64, "\(arguments)") }
    }

    @Test("says that a writing process has failed, rather than count without it")
    func writerFails() throws {
        let postgres = try OwnPostgres()
        let writer = ["bench", "writer", "--database", "postgres", "--book", "1", "--batch", "20", "--seed", "1"]
        #expect(try SummaProcess.run(writer).status != 0, "no server is named")
        let run = try SummaProcess.run(writer, environment: ["SUMMA_BENCH_STORE": postgres.url])
        #expect(run.status != 0 && run.output.isEmpty, "a database without our tables: \(run.output)")
    }

    /// Every load told a number above zero, and each row of the table its marks, in the order of the loads.
    private func expectReport(_ report: JSONValue, store: String, loads: [String]) throws {
        #expect(report["store"]?.string == store)
        let rows = try #require(report["rows"]?.array)
        #expect(rows.map { $0["load"]?.string } == loads)
        for row in rows {
            let rates = try #require(row.object).members.filter { $0.name.hasSuffix("_per_second") }
            #expect(!rates.isEmpty && rates.allSatisfy { ($0.value.integer ?? 0) > 0 }, "\(row.text)")
        }
        for held in try #require(report["held_against"]?.array) { expectVerdict(held) }
    }

    private func expectVerdict(_ held: JSONValue) {
        guard let measured = held["measured"]?.integer else {
            Issue.record("nothing was measured: \(held.text)")
            return
        }
        let (floor, goal) = (held["floor"]?.integer, held["goal"]?.integer)
        let isCeiling = if let floor, let goal { goal < floor } else { held["in"]?.string?.hasPrefix("p99") == true }
        let reaches: (Int64) -> Bool = { isCeiling ? measured <= $0 : measured >= $0 }
        let expected =
            goal.map(reaches) == true
            ? "goal" : floor.map(reaches) == true ? "floor" : floor ?? goal == nil ? nil : "below"
        #expect(held["reaches"]?.string == expected, "\(held.text)")
    }
}
