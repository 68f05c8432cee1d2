import Ledger
import Money
import Storage
import SummaTestKit
import Testing

@testable import Reconciliation

@Suite("A file that is refused")
struct RefusedStatementTests {
    private func expectRefused(
        _ bytes: [UInt8], _ rejection: StatementRejection, _ stage: ReconciliationStage,
        _ location: SourceLocation = #_sourceLocation
    ) async throws {
        let before = try stage.events().count
        await #expect(throws: rejection, sourceLocation: location) { try await stage.take(bytes) }
        #expect(try stage.events().count == before, sourceLocation: location)
        try stage.expectSound(location)
    }

    @Test("is recorded with nothing when it is torn, and the line is named")
    func torn() async throws {
        let stage = try await ReconciliationStage()
        try await stage.captured(.eur(1_000), "cap_1")
        let records = SettlementText([try .charge("cap_1", .eur(1_000))]).records
        try await expectRefused(
            SettlementText.bytes(records.dropLast()), StatementRejection(line: 4, .torn), stage)
    }

    @Test("is recorded with nothing when its totals do not add up, and the line is named")
    func totals() async throws {
        let stage = try await ReconciliationStage()
        try await stage.captured(.eur(1_000), "cap_1")
        var records = SettlementText([try .charge("cap_1", .eur(1_000))]).records
        records[3] = records[3].replacing("9.61", with: "9.62")
        let fault = StatementFault.sumDiffers("rem_20260331_EUR", stated: .eur(962), summed: .eur(961))
        try await expectRefused(SettlementText.bytes(records), StatementRejection(line: 4, fault), stage)
    }

    @Test("is recorded with nothing when it has another's name")
    func sameName() async throws {
        let stage = try await ReconciliationStage()
        let first = try await stage.take([try .charge("cap_1", .eur(1_000))])
        let before = try stage.events().count
        let name = try #require(StatementReference("stl_1"))
        await #expect(throws: ImportRejection.nameTaken(name, by: first.statement.id)) {
            try await stage.take([try .charge("cap_2", .eur(1_000))])
        }
        #expect(try stage.events().count == before)
    }

    @Test("is recorded with nothing when nobody knows whose it is")
    func unknownAccount() async throws {
        let stage = try await ReconciliationStage()
        let stranger = ReconciliationExample.segment("stranger")
        await #expect(throws: ImportRejection.unknownProviderAccount(stranger)) {
            try await ImportStatement(database: stage.store.database).run(
                .init(
                    book: .first, providerAccount: stranger, bytes: SettlementText([]).bytes, context: stage.context))
        }
    }
}
