import SummaTestKit
import Testing

@testable import Reconciliation

@Suite("Differences planted in a file")
struct PlantedFaultsTests {
    @Test("are all found, and none besides", arguments: SeededGenerator.seeds(100))
    func plantedIsFound(seed: UInt64) throws {
        let day = try PlantedDay(seed: seed)
        guard case .settlement(let content) = try StatementFormats.read(day.text.bytes).content else {
            Issue.record("not a settlement file")
            return
        }
        let comparison = SettlementComparison(content, with: day.movements, cutOff: .midnight, fees: .sandbox)
        #expect(Self.found(comparison, in: content, day.movements) == day.planted.sortedForComparison)
    }

    @Test("do not depend on the order of the lines", arguments: SeededGenerator.seeds(20))
    func orderDoesNotMatter(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let day = try PlantedDay(seed: seed)
        let shuffled = SettlementText(day.text.items.shuffled(using: &random))
        guard case .settlement(let content) = try StatementFormats.read(shuffled.bytes).content else { return }
        let comparison = SettlementComparison(content, with: day.movements, cutOff: .midnight, fees: .sandbox)
        #expect(Self.found(comparison, in: content, day.movements) == day.planted.sortedForComparison)
    }

    private static func found(
        _ comparison: SettlementComparison, in content: SettlementContent, _ movements: [ExpectedMovement]
    ) -> [PlantedDay.Difference] {
        func figure(_ key: MovementKey?) -> Figure? {
            movements.first { $0.key == key }?.figure(.sandbox)
        }
        let lines = zip(content.lines, comparison.verdicts).compactMap { line, verdict in
            verdict.breakClass.map {
                PlantedDay.Difference(
                    kind: $0, reference: line.providerReference.text, expected: figure(verdict.movement),
                    found: Figure(line))
            }
        }
        let missing = comparison.missingThere.map { key in
            PlantedDay.Difference(
                kind: .missingThere, reference: movements.first { $0.key == key }?.providerReference?.text ?? "",
                expected: figure(key), found: nil)
        }
        return (lines + missing).sortedForComparison
    }
}

extension [PlantedDay.Difference] {
    fileprivate var sortedForComparison: [PlantedDay.Difference] {
        sorted { ($0.kind.rawValue, $0.reference) < ($1.kind.rawValue, $1.reference) }
    }
}
