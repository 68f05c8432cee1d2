import Ledger
import Money
import Payments
import SummaTestKit
import Testing

@testable import Reconciliation

/// Amounts near the end of what 64 bits hold: a file may say anything.
@Suite("A file with the largest amounts there are")
struct LargestAmountTests {
    private static let lineMax: Int64 = 1 << 60

    private func charge(_ name: String, _ minorUnits: Int64) -> SettlementText.Item {
        SettlementText.Item(reference: name, gross: .eur(minorUnits), fee: .eur(0))
    }

    @Test(
        "is refused, and nothing is recorded of it, where a line is beyond what one may say",
        arguments: [Int64.max, -.max, lineMax + 1, -lineMax - 1])
    func refused(minorUnits: Int64) async throws {
        let stage = try await ReconciliationStage()
        try await stage.captured(.eur(1_000), "cap_1")
        let before = try stage.events().count
        await #expect(throws: ImportRejection.self) { try await stage.take([charge("cap_1", minorUnits)]) }
        #expect(try stage.events().count == before)
        try stage.expectSound()
    }

    @Test("is booked as it says, with a break, where a line says just that much", arguments: [lineMax, -lineMax])
    func booked(minorUnits: Int64) async throws {
        let stage = try await ReconciliationStage()
        try await stage.captured(.eur(1_000), "cap_1")
        try await stage.take([charge("cap_1", minorUnits)])
        let broken = try stage.onlyBreak()
        #expect(broken.row.kind == .amountDiffers && broken.row.openAmount == .eur(1_000 - minorUnits))
        try stage.expectSound()
    }

    @Test("leaves the largest payment open where the rest fits, and goes to suspense where it would not")
    func rest() async throws {
        let fitting = try await ReconciliationStage()
        try await fitting.captured(.eur(.max - 1), "cap_1")
        try await fitting.take([charge("cap_1", -1)])
        #expect(try fitting.breaks().map(\.row.kind) == [.amountDiffers])
        #expect(try fitting.onlyBreak().row.openAmount == .eur(.max))

        let beyond = try await ReconciliationStage()
        try await beyond.captured(.eur(.max - 1), "cap_1")
        try await beyond.take([charge("cap_1", -2)])
        #expect(try beyond.breaks().map(\.row.kind).contains(.duplicateLine))
        #expect(try beyond.posted("suspense:sandbox:EUR") == -2)
        try beyond.expectSound()
    }

    @Test("is refused, and nothing is recorded of it, where a remittance of many files leaves the range")
    func remittance() async throws {
        let stage = try await ReconciliationStage()
        for number in 1...7 { try await stage.take([charge("cap_\(number)", Self.lineMax)], name: "stl_\(number)") }
        let before = try stage.events().count
        let name = try #require(StatementReference("rem_20260331_EUR"))
        await #expect(throws: ImportRejection.remittanceConflicts(name)) {
            try await stage.take([charge("cap_8", Self.lineMax)], name: "stl_8")
        }
        #expect(try stage.events().count == before)
        try stage.expectSound()
    }
}
