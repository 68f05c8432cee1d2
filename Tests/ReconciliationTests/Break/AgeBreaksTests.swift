import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

@testable import Reconciliation

@Suite("What the passing of time makes wrong")
struct AgeBreaksTests {
    private func step(_ stage: ReconciliationStage, isClockTrusted: Bool = true) async throws {
        try await AgeBreaks(database: stage.store.database, isClockTrusted: { isClockTrusted })
            .step(now: stage.store.clock.now)
    }

    @Test("is a capture no file tells of, from the fourth day after its own, and told once")
    func noFile() async throws {
        let stage = try await ReconciliationStage()
        let id = try await stage.captured(.eur(1_000), "cap_1")
        stage.store.clock.advance(by: .days(3))
        try await step(stage)
        #expect(try stage.breaks().isEmpty)
        stage.store.clock.advance(by: .days(1))
        try await step(stage)
        let broken = try stage.onlyBreak()
        #expect(broken.row.kind == .missingThere && broken.row.facts.payment == id)
        #expect(broken.row.facts.statement == nil && broken.ageDays == 4)
        let before = try stage.events().count
        try await step(stage)
        #expect(try stage.events().count == before)
        try stage.expectSound()
    }

    @Test("is a remittance our bank has not shown by its day, until it does")
    func remittance() async throws {
        let stage = try await ReconciliationStage()
        try await stage.captured(.eur(1_000), "cap_1")
        try await stage.take([try .charge("cap_1", .eur(1_000))])
        stage.store.clock.advance(by: .days(3))
        try await step(stage)
        #expect(try stage.breaks().isEmpty)
        stage.store.clock.advance(by: .days(1))
        try await step(stage)
        try await step(stage)
        let broken = try stage.onlyBreak()
        #expect(broken.row.kind == .remittanceDiffersBank && broken.row.openAmount == .eur(961))
        #expect(broken.row.facts.found?.amount == .eur(0) && broken.ageDays == 1)
        try stage.expectSound()
        try await stage.take(BankText([(.eur(961), "rem_20260331_EUR")]).bytes)
        #expect(try stage.breaks().isEmpty)
        try stage.expectSound()
    }

    @Test("is nothing while the clock may not be believed")
    func untrustedClock() async throws {
        let stage = try await ReconciliationStage()
        try await stage.captured(.eur(1_000), "cap_1")
        stage.store.clock.advance(by: .days(400))
        try await step(stage, isClockTrusted: false)
        #expect(try stage.breaks().isEmpty)
    }
}
