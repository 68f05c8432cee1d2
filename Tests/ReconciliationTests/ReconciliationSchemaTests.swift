import EventLog
import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

@testable import Reconciliation

/// What the database refuses whoever asks: these statements go past our own code.
@Suite("The tables of reconciliation")
struct ReconciliationSchemaTests {
    private func day() async throws -> (stage: ReconciliationStage, connection: RawConnection) {
        let stage = try await ReconciliationStage.day()
        return (stage, try stage.store.raw())
    }

    @Test("refuse what no verb does")
    func refusals() async throws {
        let (stage, connection) = try await day()
        func expectRefused(_ sql: String, _ words: String, _ location: SourceLocation = #_sourceLocation) {
            let fault = #expect(throws: StorageFault.self, sourceLocation: location) { try connection.execute(sql) }
            #expect("\(String(describing: fault))".lowercased().contains(words.lowercased()), sourceLocation: location)
        }
        for table in [
            "settlement_terms", "statement", "remittance", "bank_account_balance", "settlement_break", "adjustment",
        ] {
            expectRefused("DELETE FROM \(table)", "never deleted")
        }
        expectRefused("UPDATE statement_line SET amount_minor = 1", "statement_line")
        expectRefused("DELETE FROM statement_line", "statement_line")
        expectRefused("UPDATE statement SET line_count = line_count + 1", "booked once")
        expectRefused("UPDATE remittance SET net_minor = net_minor + 1", "CHECK")
        expectRefused("UPDATE settlement_break SET class = 'fee_differs' WHERE resolution IS NULL", "keeps what it is")
        expectRefused(
            "UPDATE settlement_break SET resolution = NULL, resolved_at = NULL WHERE resolution IS NOT NULL", "once")
        expectRefused("UPDATE adjustment SET amount_minor = 2 WHERE decision IS NULL", "decided once")
        expectRefused("UPDATE adjustment SET decision = 'rejected' WHERE decision IS NOT NULL", "decided once")
        expectRefused(
            "UPDATE adjustment SET decision = 'approved', decided_at = 1, decided_by = proposed_by WHERE decision IS NULL",
            "CHECK")
        expectRefused(
            """
            INSERT INTO adjustment SELECT book, id + 1, settlement_break, kind, amount_minor, currency, exponent, target,
                proposed_by, proposed_at, decision, decided_by, decided_at FROM adjustment WHERE decision IS NULL
            """, "UNIQUE")
        try stage.expectSound()
    }

    @Test(
        "are added to a database that holds money, which a file is then compared with",
        .enabled(if: TestStore.isSQLite, "about SQLite files"))
    func migration() async throws {
        let stage = try await ReconciliationStage(migrations: ReconciliationStage.migrationsBefore)
        let id = try await stage.captured(.eur(1_000), "cap_1")
        stage.store.close()
        let database = try Database(
            .directory(stage.store.directory.path), migrations: ReconciliationStage.migrations, log: ChainedLog(),
            clock: stage.store.clock, writer: 1, stop: { _ in })
        defer { database.close() }
        try await SetSettlementTerms(database: database).run(
            .init(book: .first, terms: ReconciliationStage.terms, context: stage.context))
        let text = SettlementText([try .charge("cap_1", .eur(1_000))])
        _ = try await ImportStatement(database: database).run(
            .init(
                book: .first, providerAccount: ReconciliationStage.sandbox, bytes: text.bytes, context: stage.context))
        #expect(
            try database.read(.first) { try PaymentStore.find(id, in: $0)?.payment.amounts.settled } == .eur(1_000))
        #expect(try database.read(.first) { try BreakStore.page(nil, after: nil, limit: 10, in: $0) }.isEmpty)
    }
}
