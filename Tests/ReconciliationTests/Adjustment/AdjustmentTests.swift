import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

@testable import Reconciliation

@Suite("An adjustment")
struct AdjustmentTests {
    private static let inTransit = "provider:sandbox:in_transit:EUR"

    /// A remittance of 9.61 of which our bank showed less.
    private func short(by minorUnits: Int64) async throws -> (stage: ReconciliationStage, broken: BreakID) {
        let stage = try await ReconciliationStage()
        try await stage.captured(.eur(1_000), "cap_1")
        try await stage.take([try .charge("cap_1", .eur(1_000))])
        try await stage.take(BankText([(.eur(961 - minorUnits), "rem_20260331_EUR")]).bytes)
        return (stage, try stage.onlyBreak().row.id)
    }

    @Test("is posted when another person has approved it, and ends its break")
    func bankFee() async throws {
        let (stage, broken) = try await short(by: 15)
        let proposed = try await stage.propose(.bankFee, for: broken)
        #expect(proposed.state == .proposed && proposed.amount == .eur(15))
        #expect(try stage.posted(Self.inTransit) == 15)
        let approved = try await stage.approve(proposed.id)
        #expect(approved.state == .posted)
        #expect(try stage.posted(Self.inTransit) == 0)
        #expect(try stage.posted("fees:bank:main:EUR") == 15)
        #expect(try stage.breaks().isEmpty)
        #expect(try stage.breaks(.resolved).map(\.row.resolution) == [.adjusted])
        try stage.expectSound()
    }

    @Test("is not approved by who proposed it, with whatever key, and changes nothing then")
    func fourEyes() async throws {
        let (stage, broken) = try await short(by: 15)
        let proposed = try await stage.propose(.bankFee, for: broken)
        let before = try stage.events().count
        for key in [Int64(1), 99] {
            await #expect(throws: AdjustmentRejection.approvesOwn(proposed.id)) {
                try await stage.approve(proposed.id, by: "anna", key: key)
            }
        }
        #expect(try stage.events().count == before)
        #expect(try stage.posted(Self.inTransit) == 15)
        // A name that only begins like hers is another person's.
        try await stage.approve(proposed.id, by: "anna2")
        #expect(try stage.posted(Self.inTransit) == 0)
        try stage.expectSound()
    }

    @Test("is proposed and approved once, however often it is asked for")
    func once() async throws {
        let (stage, broken) = try await short(by: 15)
        let first = try await stage.propose(.bankFee, for: broken)
        #expect(try await stage.propose(.bankFee, for: broken) == first)
        await #expect(throws: AdjustmentRejection.alreadyProposed(first.id)) {
            try await stage.propose(.writeOff, for: broken)
        }
        let approved = try await stage.approve(first.id)
        #expect(try await stage.approve(first.id) == approved)
        #expect(try stage.posted("fees:bank:main:EUR") == 15)
        await #expect(throws: AdjustmentRejection.breakResolved(broken, .adjusted)) {
            try await stage.propose(.writeOff, for: broken)
        }
        try stage.expectSound()
    }

    @Test(
        "is rounding up to the tolerance, and not one minor unit above it", arguments: [(Int64(1), true), (2, false)])
    func tolerance(minorUnits: Int64, allowed: Bool) async throws {
        let (stage, broken) = try await short(by: minorUnits)
        if allowed {
            try await stage.approve(try await stage.propose(.rounding, for: broken).id)
            #expect(try stage.posted("rounding:EUR") == minorUnits)
            #expect(try stage.posted(Self.inTransit) == 0)
        } else {
            await #expect(throws: AdjustmentRejection.exceedsTolerance(minorUnits: 1)) {
                try await stage.propose(.rounding, for: broken)
            }
        }
        try stage.expectSound()
    }

    @Test("takes a surplus within the tolerance, and writes none off")
    func surplus() async throws {
        let (stage, broken) = try await short(by: -1)
        await #expect(throws: AdjustmentRejection.notAShortfall(open: .eur(-1))) {
            try await stage.propose(.writeOff, for: broken)
        }
        try await stage.approve(try await stage.propose(.rounding, for: broken).id)
        #expect(try stage.posted(Self.inTransit) == 0)
        try stage.expectSound()
    }

    @Test("takes a part, and the rest stays open")
    func part() async throws {
        let (stage, broken) = try await short(by: 15)
        await #expect(throws: AdjustmentRejection.exceedsOpen(open: .eur(15), requested: .eur(16))) {
            try await stage.propose(.bankFee, .eur(16), for: broken)
        }
        try await stage.approve(try await stage.propose(.bankFee, .eur(10), for: broken).id)
        #expect(try stage.onlyBreak().row.openAmount == .eur(5))
        try await stage.approve(try await stage.propose(.writeOff, for: broken).id)
        #expect(try stage.posted("losses:write_off:EUR") == 5)
        #expect(try stage.breaks().isEmpty)
        try stage.expectSound()
    }

    @Test("writes off what is missing there only after the patience of the terms, and then expects it no more")
    func patience() async throws {
        let stage = try await ReconciliationStage()
        let id = try await stage.captured(.eur(1_000), "cap_1")
        try await stage.take([try .charge("cap_9", .eur(1))])
        let broken = try #require(try stage.breaks().first { $0.row.kind == .missingThere }).row.id
        stage.store.clock.advance(by: .days(29))
        await #expect(throws: AdjustmentRejection.tooEarly(ageDays: 29, patienceDays: 30)) {
            try await stage.propose(.writeOff, for: broken)
        }
        stage.store.clock.advance(by: .days(1))
        try await stage.approve(try await stage.propose(.writeOff, for: broken).id)
        #expect(try stage.open(OpenItem(.payment, id.rawValue), on: "provider:sandbox:receivable:EUR") == 0)
        try stage.expectSound()
        // It comes after all: nobody expects it, so that a person looks.
        try await stage.take([try .charge("cap_1", .eur(1_000))], name: "stl_2")
        #expect(try stage.breaks().map(\.row.kind) == [.missingHere, .duplicateLine])
        try stage.expectSound()
    }

    @Test("takes a fee of the provider, or rounding, off a claim that was not settled whole")
    func amountDiffers() async throws {
        let stage = try await ReconciliationStage()
        let id = try await stage.captured(.eur(1_000), "cap_1")
        try await stage.take([.init(reference: "cap_1", gross: .eur(990), fee: .eur(39))])
        let broken = try stage.onlyBreak().row.id
        try await stage.approve(try await stage.propose(.providerFee, .eur(9), for: broken).id)
        #expect(try stage.posted("fees:provider:sandbox:EUR") == 48)
        #expect(try stage.onlyBreak().proposable == [.rounding, .providerFee, .writeOff])
        try await stage.approve(try await stage.propose(.rounding, for: broken).id)
        #expect(try stage.open(OpenItem(.payment, id.rawValue), on: "provider:sandbox:receivable:EUR") == 0)
        #expect(try stage.breaks().isEmpty)
        try stage.expectSound()
    }

    @Test("moves identified money from suspense to where it belongs, and never to cash or an account of items")
    func identified() async throws {
        let stage = try await ReconciliationStage()
        try await stage.take(BankText([(.eur(700), nil), (.eur(-30), nil)]).bytes)
        let open = try stage.breaks().map(\.row.id)
        for target in ["bank:main:cash:EUR", "provider:sandbox:receivable:EUR", "income:other:USD"] {
            await #expect(throws: AdjustmentRejection.targetUnfit) {
                try await stage.propose(.identified, for: open[0], target: target)
            }
        }
        await #expect(throws: AdjustmentRejection.targetRequired) { try await stage.propose(.identified, for: open[0]) }
        try await stage.approve(
            try await stage.propose(.identified, for: open[0], target: "merchant:acme:payable:EUR").id)
        try await stage.approve(try await stage.propose(.identified, for: open[1], target: "fees:bank:main:EUR").id)
        #expect(try stage.posted("merchant:acme:payable:EUR") == 700)
        #expect(try stage.posted("fees:bank:main:EUR") == 30)
        #expect(try stage.posted("suspense:main:EUR") == 0)
        #expect(try stage.breaks().isEmpty)
        try stage.expectSound()
    }

    @Test("is not the answer to most breaks")
    func notForClass() async throws {
        let stage = try await ReconciliationStage()
        try await stage.captured(.eur(1_000), "cap_1")
        try await stage.take([.init(reference: "cap_1", gross: .eur(1_000), fee: .eur(45))])
        let broken = try stage.onlyBreak().row.id
        for kind in AdjustmentKind.allCases {
            await #expect(throws: AdjustmentRejection.notForClass(.feeDiffers, kind, allowed: [])) {
                try await stage.propose(kind, for: broken)
            }
        }
    }

    @Test("that was rejected leaves its break open for another")
    func rejected() async throws {
        let (stage, broken) = try await short(by: 15)
        let proposed = try await stage.propose(.writeOff, for: broken)
        let ben = try stage.principal("ben", key: 2)
        let rejected = try await RejectAdjustment(database: stage.store.database).run(
            .init(book: .first, adjustment: proposed.id, approver: ben, context: .init(actor: ben.actor)))
        #expect(rejected.state == .rejected)
        await #expect(throws: AdjustmentRejection.alreadyDecided(proposed.id, .rejected)) {
            try await stage.approve(proposed.id)
        }
        try await stage.approve(try await stage.propose(.bankFee, for: broken).id)
        #expect(try stage.breaks().isEmpty)
        try stage.expectSound()
    }
}
