import Storage
import SummaTestKit
import Testing

@Suite("Random bodies in shared batches")
struct AgreementTests {
    @Test(
        "see and leave what a naive model says, however rows are fetched and forgotten",
        arguments: SeededGenerator.seeds(24), [0, 1, 3])
    func agreesWithModel(seed: UInt64, missRounds: Int) throws {
        try agree(seed: seed, missRounds: missRounds, runsAhead: false)
    }

    @Test(
        "do so as well when they run before the batch ahead of theirs is written",
        arguments: SeededGenerator.seeds(24), [0, 1, 3])
    func agreesAhead(seed: UInt64, missRounds: Int) throws {
        try agree(seed: seed, missRounds: missRounds, runsAhead: true)
    }

    private func agree(seed: UInt64, missRounds: Int, runsAhead: Bool) throws {
        var run = try AgreementRun(seed: seed, missRounds: missRounds, runsAhead: runsAhead)
        for _ in 0..<30 { try run.step() }
        try run.compareAll()
    }
}
