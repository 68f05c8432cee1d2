import Foundation
import JSON
import Testing

/// The drills at full length, which `make soak` runs: docs/crash-safety.md has what they came to.
@Suite(
    "Soak: a server that is hurt for long", .serialized,
    .enabled(if: ProcessInfo.processInfo.environment["SUMMA_SOAK"] != nil, "only in make soak"))
struct CrashSoakTests {
    /// A drill and how often; 0 is every way there is.
    static let drills = [
        ("kill", 50), ("sync", 0), ("eio", 0), ("power", 0), ("full", 10), ("clock", 10), ("page", 0), ("pgcalm", 3),
        ("pgstop", 50), ("pgcut", 50), ("pgcommit", 50), ("pgsilent", 40), ("pgtwo", 20),
    ]

    @Test("finds nothing lost, ghost, doubled, unbalanced, drifted or unproved", arguments: drills)
    func soak(drill: String, rounds: Int) throws {
        if let obstacle = CrashScripts.obstacle(to: drill) { return print("drill \(drill) was not done: \(obstacle)") }
        let outcome = try CrashScripts.drill(drill, rounds: rounds)
        #expect(outcome.isFine, "\(outcome.output)\(outcome.errors)")
        #expect((outcome.json["rounds"]?.integer ?? 0) > 0)
    }
}
