import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

@testable import Reconciliation

/// What an eye on the rows finds that no event accounts for.
@Suite("The invariants of reconciliation")
struct ReconciliationInvariantsTests {
    private func findings(_ stage: ReconciliationStage) throws -> [ReconciliationFinding] {
        try stage.store.read { try ReconciliationInvariants.findings(in: $0) }
    }

    private func arrived() async throws -> ReconciliationStage {
        let stage = try await ReconciliationStage()
        try await stage.captured(.eur(1_000), "cap_1")
        try await stage.take([try .charge("cap_1", .eur(1_000)), try .charge("cap_x", .eur(1_000))])
        try await stage.take(BankText([(.eur(1_900), "rem_20260331_EUR")]).bytes)
        #expect(try findings(stage).isEmpty)
        return stage
    }

    @Test("name cash that is not what the bank says")
    func cash() async throws {
        let stage = try await arrived()
        let cash = try stage.path("bank:main:cash:EUR")
        try await stage.store.database.write(.first) { work in
            let key = BankAccountBalance.key(ReconciliationStage.bank, .eur)
            guard var balance = try work.find(BankAccountBalance.self, key) else { return }
            balance.closing = .eur(1_901)
            work.update(balance)
            work.append(StatementImported(id: balance.statement), context: .init(actor: "system:test"))
        }
        #expect(try findings(stage) == [.cashDiffers(cash, ledger: .eur(1_900), bank: .eur(1_901))])
    }

    @Test("name suspense and money on its way without an open break")
    func unexplained() async throws {
        let stage = try await arrived()
        let open = try stage.breaks().map(\.row)
        for row in open {
            try await stage.store.database.write(.first) { work in
                guard var broken = try work.find(Break.self, row.id) else { return }
                broken.resolution = .accepted
                broken.resolvedAt = work.now
                work.update(broken)
                work.append(BreakResolved(id: row.id, resolution: .accepted), context: .init(actor: "system:test"))
            }
        }
        let line = try #require(open.first { $0.kind == .missingHere }?.facts.line)
        let remittance = try #require(open.first { $0.kind == .remittanceDiffersBank }?.facts.remittance)
        #expect(
            Set(try findings(stage)) == [
                .unexplained(
                    try stage.path("suspense:sandbox:EUR"), OpenItem(.line, line.rawValue), .eur(961)),
                .unexplained(
                    try stage.path("provider:sandbox:in_transit:EUR"), OpenItem(.remittance, remittance.rawValue),
                    .eur(22)),
            ])
    }
}
