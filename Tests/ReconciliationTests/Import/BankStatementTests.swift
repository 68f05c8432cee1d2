import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

@testable import Reconciliation

@Suite("A bank's file")
struct BankStatementTests {
    private static let inTransit = "provider:sandbox:in_transit:EUR"

    /// One capture of 10.00 EUR, settled: 9.61 on its way.
    private func settled() async throws -> ReconciliationStage {
        let stage = try await ReconciliationStage()
        try await stage.captured(.eur(1_000), "cap_1")
        try await stage.take([try .charge("cap_1", .eur(1_000))])
        return stage
    }

    @Test("that shows less than was sent leaves the residue on its way, until a later line brings it")
    func short() async throws {
        let stage = try await settled()
        try await stage.take(BankText([(.eur(950), "rem_20260331_EUR")]).bytes)
        let broken = try stage.onlyBreak()
        #expect(broken.row.kind == .remittanceDiffersBank && broken.row.openAmount == .eur(11))
        #expect(broken.row.facts.expected?.amount == .eur(961) && broken.row.facts.found?.amount == .eur(950))
        #expect(try stage.posted(Self.inTransit) == 11)
        #expect(try stage.posted("bank:main:cash:EUR") == 950)
        try stage.expectSound()

        var next = BankText([(.eur(11), "rem_20260331_EUR")], openings: [.eur(950)])
        next.name = "bnk_2"
        try await stage.take(next.bytes)
        #expect(try stage.breaks().isEmpty)
        #expect(try stage.posted(Self.inTransit) == 0)
        try stage.expectSound()
    }

    @Test("that shows a remittance twice leaves a surplus")
    func twice() async throws {
        let stage = try await settled()
        try await stage.take(BankText([(.eur(961), "rem_20260331_EUR"), (.eur(961), "rem_20260331_EUR")]).bytes)
        #expect(try stage.onlyBreak().row.openAmount == .eur(-961))
        #expect(try stage.posted(Self.inTransit) == -961)
        try stage.expectSound()
    }

    @Test("puts what nobody knows in suspense: another name, no name, and what stood there before")
    func unidentified() async throws {
        let stage = try await settled()
        try await stage.take(
            BankText([(.eur(500), "rem_unknown"), (.eur(-20), nil)], openings: [.eur(7_000)]).bytes)
        let open = try stage.breaks()
        #expect(open.map(\.row.kind) == [.missingHere, .missingHere, .missingHere])
        #expect(open.map(\.row.openAmount) == [.eur(7_000), .eur(500), .eur(-20)])
        #expect(try stage.posted("suspense:main:EUR") == 7_480)
        #expect(try stage.posted("bank:main:cash:EUR") == 7_480)
        #expect(try stage.posted(Self.inTransit) == 961)
        try stage.expectSound()
    }

    @Test("that comes before the provider's is explained by it")
    func beforeTheProviders() async throws {
        let stage = try await ReconciliationStage()
        let id = try await stage.captured(.eur(1_000), "cap_1")
        try await stage.take(BankText([(.eur(961), "rem_20260331_EUR")]).bytes)
        #expect(try stage.posted("suspense:main:EUR") == 961)
        try stage.expectSound()
        try await stage.take([try .charge("cap_1", .eur(1_000))])
        #expect(try stage.breaks().isEmpty)
        #expect(try stage.posted("suspense:main:EUR") == 0)
        #expect(try stage.posted(Self.inTransit) == 0)
        #expect(try stage.payment(id).amounts.received == .eur(1_000))
        try stage.expectSound()
    }

    @Test("goes on where the last one ended, or is refused whole")
    func continuity() async throws {
        let stage = try await settled()
        try await stage.take(BankText([(.eur(961), "rem_20260331_EUR")]).bytes)
        let before = try stage.events().count
        var next = BankText([(.eur(5), nil)], openings: [.eur(960)])
        next.name = "bnk_2"
        await #expect(throws: ImportRejection.balanceDoesNotFollow(last: .eur(961), opening: .eur(960))) {
            try await stage.take(next.bytes)
        }
        #expect(try stage.events().count == before)
        next.openings = [.eur(961)]
        try await stage.take(next.bytes)
        #expect(try stage.posted("bank:main:cash:EUR") == 966)
        try stage.expectSound()
    }
}
