import Foundation
import JSON
import Testing

/// The whole chain, as `make demo` shows it.
@Suite("A day from charge to bank line", .serialized)
struct DemoTests {
    @Test("ends with everything right, whatever was planted", .timeLimit(.minutes(4)), arguments: [7, 1_494])
    func day(seed: Int) throws {
        let scratch = try Scratch()
        let count = try ShortDay.write(to: scratch.file("charges.csv"))
        let run = try SummaProcess.run([
            "demo", "--charges", scratch.file("charges.csv"), "--seed", "\(seed)", "--json", "--data",
            scratch.file("books"),
        ])
        #expect(run.status == 0, "\(run.output)\(run.errors)")
        let report = run.json
        #expect(report["ok"]?.bool == true)
        #expect(report["charges"]?.integer == Int64(count))
        #expect(report["breaks"]?["planted"] == report["breaks"]?["found"])
        #expect((report["breaks"]?["planted"]?.object?.count ?? 0) == 7, "every class is planted")
        #expect(report["verify"]?["ok"]?.bool == true)
        #expect(report["proof"]?["ok"]?.bool == true)
    }

    @Test(
        "goes on where it was killed, twenty times in all, and loses no acknowledged charge", .timeLimit(.minutes(8)),
        arguments: 0..<4)
    func killed(round: Int) throws {
        let scratch = try Scratch()
        let charges = scratch.file("charges.csv")
        let count = try ShortDay.write(to: charges)
        var random = SystemRandomNumberGenerator()
        let seed = UInt64.random(in: 0..<1_000_000, using: &random)
        var moments = SeededMoments(seed: seed)
        let arguments = ["demo", "--charges", charges, "--json", "--data", scratch.file("books")]
        for _ in 0..<5 {
            let run = try SummaProcess(arguments)
            usleep(moments.next(between: 200_000, and: 12_000_000))
            run.kill()
            _ = try run.wait()
        }
        let last = try SummaProcess.run(arguments)
        #expect(last.status == 0, "seed \(seed): \(last.output)\(last.errors)")
        #expect(last.json["charges"]?.integer == Int64(count), "seed \(seed)")
        let acknowledged = try String(contentsOfFile: scratch.file("books/acknowledged.csv"), encoding: .utf8)
            .split(separator: "\n")
        let payments = Dictionary(grouping: acknowledged) { $0.split(separator: ",")[0] }
        #expect(payments.count == count, "seed \(seed)")
        #expect(payments.values.allSatisfy { Set($0).count == 1 }, "seed \(seed): one charge became two payments")
    }
}

/// Random moments that a printed seed gives again.
struct SeededMoments {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 2 &+ 1 }

    mutating func next(between least: UInt32, and most: UInt32) -> UInt32 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return least + UInt32(truncatingIfNeeded: state >> 33) % (most - least)
    }
}
