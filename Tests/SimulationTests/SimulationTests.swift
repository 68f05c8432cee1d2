import Simulation
import SummaTestKit
import Testing

/// Runs of everything under a seed. What a failed one prints shows it again.
@Suite("A simulation")
struct SimulationTests {
    private func run(_ settings: Simulation.Settings) throws -> SimulationReport {
        let place = try SimulationPlace()
        defer { place.remove() }
        return try Simulation(settings, in: place.path).run()
    }

    @Test(
        "leaves nothing lost, doubled, in doubt or unexplained, whatever goes wrong",
        // As many as each change can wait for: `make soak` goes on to any number with `summa simulate --forever`.
        arguments: UInt64(1)...20)
    func everythingHolds(seed: UInt64) throws {
        let report = try run(.init(seed: seed, stepCount: 2_000))
        #expect(report.isRight, "\(report.findings.joined(separator: "\n"))\n\(report.replay)")
        #expect(report.lifeCount > 1)
        #expect(report.intentCount > 50)
    }

    @Test("is the same twice, to the last byte of every log")
    func repeatable() throws {
        let reports = try (1...2).map { _ in try run(.init(seed: 5, stepCount: 500)) }
        #expect(reports[0].history == reports[1].history)
        #expect(reports[0].logs == reports[1].logs)
        #expect(reports[0].misfortunes == reports[1].misfortunes)
    }

    @Test("lets every misfortune happen within a few seeds")
    func misfortunes() throws {
        var settings = Simulation.Settings(seed: 0, stepCount: 600)
        settings.odds = settings.odds.mapValues { max(2, $0 / 8) }
        var counts: [Misfortune: Int] = [:]
        for seed in UInt64(100)...123 {
            settings.seed = seed
            let report = try run(settings)
            #expect(report.isRight, "\(report.findings)\n\(report.replay)")
            counts.merge(report.misfortunes) { $0 + $1 }
        }
        #expect(Misfortune.allCases.filter { counts[$0] == nil } == [])
    }

    @Test("seals runs of keys in some of a few seeds and in others none, and each is right")
    func sealedRuns() throws {
        let reports = try (UInt64(203)...206).map { try run(.init(seed: $0, stepCount: 600)) }
        for report in reports { #expect(report.isRight, "\(report.findings)\n\(report.replay)") }
        #expect(reports.contains { $0.runCount > 1 } && reports.contains { $0.runCount == 0 })
    }

    @Test("in which nothing can go wrong has one life but for the crashes between steps")
    func calm() throws {
        var settings = Simulation.Settings(seed: 3, stepCount: 400)
        settings.odds = [:]
        let report = try run(settings)
        #expect(report.isRight, "\(report.findings)")
        #expect(report.misfortunes.isEmpty)
    }

    @Test("tells how to see it again, and shows each step to whoever asks")
    func telling() throws {
        let shown = Count()
        var settings = Simulation.Settings(seed: 9, stepCount: 100)
        settings.show = { _ in _ = shown.next() }
        let report = try run(settings)
        #expect(report.replay == "summa simulate --seed 9 --steps 100 --trace")
        #expect(shown.next() > 60)
        #expect(!report.trace.isEmpty && report.trace.count <= settings.traceLineCount)
    }
}
