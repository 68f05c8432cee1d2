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
        "do so as well when they run before the batch before theirs is written",
        arguments: SeededGenerator.seeds(24), [0, 1, 3])
    func agreesAhead(seed: UInt64, missRounds: Int) throws {
        try agree(seed: seed, missRounds: missRounds, runsAhead: true)
    }

    private func agree(seed: UInt64, missRounds: Int, runsAhead: Bool) throws {
        var run = try AgreementRun(seed: seed, missRounds: missRounds, runsAhead: runsAhead)
        var aheadCount = 0
        for _ in 0..<30 {
            try run.step()
            aheadCount = max(aheadCount, run.aheadCount)
        }
        #expect((aheadCount > 0) == runsAhead)
        try run.compareAll()
    }
}
