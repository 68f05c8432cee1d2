import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

@testable import Reconciliation

/// A day of real payments, a file that tells of it with differences of every class, and our bank's file that is short of some
/// remittances: what was planted is found, nothing besides, and what may be adjusted is.
@Suite("A planted day, imported")
struct PlantedDayImportTests {
    private struct Found: Hashable {
        let kind: BreakClass
        let reference: String
        let expected: Figure?
        let found: Figure?
    }

    @Test(
        "has the planted breaks and none besides, and every difference explained", arguments: SeededGenerator.seeds(3))
    func planted(seed: UInt64) async throws { try await expectFound(seed) }

    @Test(
        "has them over a hundred seeds (soak)", .enabled(if: Soak.isRequested, "a long test: make soak"),
        arguments: SeededGenerator.seeds(100))
    func plantedSoak(seed: UInt64) async throws { try await expectFound(seed) }

    private func expectFound(_ seed: UInt64) async throws {
        let stage = try await ReconciliationStage()
        var random = SeededGenerator(seed: seed)
        let day = try PlantedDay(try await items(on: stage, using: &random), using: &random)
        try await stage.take(day.text.bytes)
        #expect(try found(stage) == Set(day.planted.map(Self.found)))
        try stage.expectSound()

        let short = try await takeBankFile(stage, using: &random)
        let bankBreaks = try stage.breaks().filter { $0.row.kind == .remittanceDiffersBank }
        #expect(Set(bankBreaks.map(\.row.openAmount)) == [short])
        try stage.expectSound()
        try await adjustAll(stage)
        try stage.expectSound()
    }

    /// Captures, some refunded, some disputed with a fee; and the lines that tell of them.
    private func items(
        on stage: ReconciliationStage, using random: inout SeededGenerator
    ) async throws -> [SettlementText.Item] {
        var items: [SettlementText.Item] = []
        for number in 1...24 {
            let currency = [Currency.eur, .usd, .jpy, .kwd][number % 4]
            let gross = Amount(minorUnits: .random(in: 1_000...90_000, using: &random), currency: currency)
            let id = try await stage.captured(gross, "cap_\(number)")
            items.append(try .charge("cap_\(number)", gross))
            if number % 5 == 0 {
                let part = Amount(minorUnits: gross.minorUnits / 3, currency: currency)
                try await stage.hear(.refunded(part, fee: nil), of: id, movement: "ref_\(number)")
                items.append(
                    .init(type: "refund", reference: "ref_\(number)", gross: try part.negated(), fee: .zero(currency)))
            } else if number % 7 == 0 {
                let fee = Amount(minorUnits: 1_500, currency: currency)
                try await stage.hear(.chargebackOpened(gross, fee: fee), of: id, movement: "dsp_\(number)")
                items.append(
                    .init(
                        type: "chargeback", reference: "dsp_\(number)", gross: try gross.negated(), fee: .zero(currency)
                    ))
                items.append(.init(type: "fee", reference: "dsp_\(number)", gross: .zero(currency), fee: fee))
            }
        }
        return items
    }

    private static func found(_ planted: PlantedDay.Difference) -> Found {
        Found(kind: planted.kind, reference: planted.reference, expected: planted.expected, found: planted.found)
    }

    private func found(_ stage: ReconciliationStage) throws -> Set<Found> {
        Set(
            try stage.breaks().map(\.row.facts).map { facts in
                Found(
                    kind: facts.kind, reference: facts.providerReference?.text ?? "", expected: facts.expected,
                    found: facts.found)
            })
    }

    /// Everything that was sent, one of them 15 minor units short. Answers the shortfall.
    private func takeBankFile(
        _ stage: ReconciliationStage, using random: inout SeededGenerator
    ) async throws -> Amount {
        let sent = try stage.store.read { try RemittanceStore.page(after: nil, limit: 100, in: $0) }
            .filter { !$0.net.isZero }
        let place = Int.random(in: 0..<sent.count, using: &random)
        var lines = sent.map { ($0.net, Optional($0.reference.text)) }
        let short = Amount(minorUnits: 15, currency: lines[place].0.currency)
        lines[place].0 = try lines[place].0.subtracting(short)
        try await stage.take(BankText(lines).bytes)
        return short
    }

    /// Proposes and approves the first thing that may be done of each break, as the demo does.
    private func adjustAll(_ stage: ReconciliationStage) async throws {
        for broken in try stage.breaks() {
            guard let kind = broken.proposable.first else { continue }
            try await stage.approve(try await stage.propose(kind, for: broken.row.id).id)
        }
        let left = Set(try stage.breaks().map(\.row.kind))
        #expect(left.isDisjoint(with: [.remittanceDiffersBank]))
        for currency in ["EUR", "USD", "JPY", "KWD"] {
            #expect(try stage.posted("provider:sandbox:in_transit:\(currency)") == 0)
        }
    }
}
