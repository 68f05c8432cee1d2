import JSON
import Storage
import SummaTestKit
import Testing

@testable import Sandbox

@Suite("Differences planted in the sandbox's files")
struct FaultTests {
    @Test("are exactly what an independent comparison with the faithful files finds", arguments: 0..<20)
    func plantedIsFound(seed: UInt64) throws {
        let faithful = day(chargeCount: 60, seed: seed)
        var plan = FaultPlan(seed: seed)
        let told = plan.plant(in: faithful)
        let found = try FileComparison(
            faithful: ReadFile(faithful.text), told: ReadFile(told.settlement.text),
            bank: ReadFile(bank(told).text)
        ).differences
        #expect(Set(told.planted.map(FileComparison.Difference.init)) == Set(found))
        #expect(told.planted.count == found.count)
        #expect(Set(told.planted.map(\.class)) == Set(PlantedDifference.Class.allCases))
        try ReadFile(told.settlement.text).checkSums()
        try ReadFile(bank(told).text).checkSums(from: [:])
    }

    @Test("are on lines of their own: no line bears two")
    func neverTwoOnALine() {
        for seed in UInt64(0)..<50 {
            var plan = FaultPlan(seed: seed)
            let told = plan.plant(in: day(chargeCount: 400, seed: seed))
            let lines = told.planted.filter { $0.class != .remittanceDiffersBank && $0.line != nil }
            #expect(Set(lines.map(\.line)).count == lines.count)
            let references = told.planted.compactMap(\.providerReference)
            #expect(Set(references).count == references.count)
        }
    }

    @Test("are the same for the same seed and others for another")
    func followsTheSeed() {
        func planted(_ seed: UInt64) -> [PlantedDifference] {
            var plan = FaultPlan(seed: seed)
            return plan.plant(in: day(chargeCount: 30, seed: 1)).planted
        }
        #expect(planted(5) == planted(5))
        #expect(planted(5) != planted(6))
    }

    @Test("are as many as find a line, in a file too short for all", arguments: 0..<7)
    func shortFiles(chargeCount: Int) {
        var plan = FaultPlan(seed: 3)
        let told = plan.plant(in: day(chargeCount: chargeCount, seed: 3))
        let onCharges = told.planted.filter { ![.missingHere, .remittanceDiffersBank].contains($0.class) }
        #expect(onCharges.count == min(chargeCount, 5))
        #expect(told.planted.contains { $0.class == .missingHere } == (chargeCount > 0))
    }

    @Test("leave a capture for the next day's file, and are listed beside the files they are in")
    func overHTTP() async throws {
        try await withSandbox {
            $0.faultsSeed = 11
        } _: { sandbox in
            let caller = sandbox.caller
            for amount in 1...12 { _ = try await caller.charge(Int64(amount) * 1_000, amount < 7 ? "EUR" : "USD") }
            let closed = try await caller.post("/v1/files/close_day", key: nil)
            let day = try #require(closed["date"]?.string)
            let planted = try await caller.get("/v1/files/planted?date=\(day)").json.array ?? []
            #expect(Set(planted.map { $0["class"]?.string }).count == PlantedDifference.Class.allCases.count)
            let (settlement, bank) = try await sandbox.files(of: closed)
            let faithful = try ReadFile(
                try await caller.get("/v1/files/settlement?date=\(day)&without_faults=true").text)
            let found = try FileComparison(faithful: faithful, told: settlement, bank: bank).differences
            #expect(Set(planted.compactMap(FileComparison.Difference.init(json:))) == Set(found))

            let leftOut = planted.filter { $0["class"]?.string == "missing_there" }
            let (next, _) = try await sandbox.closeDay()
            #expect(next.items.contains { $0["provider_reference"] == leftOut[0]["provider_reference"]?.string })
        }
    }

    private func bank(_ told: FaultPlan.Outcome) -> BankStatement {
        BankStatement(bookingDate: told.settlement.day, opening: [:], lines: told.bankLines)
    }

    /// A day of charges in four currencies with a refund after every fifth.
    private func day(chargeCount: Int, seed: UInt64) -> SettlementFile {
        var random = SeededGenerator(seed: seed)
        let currencies = ["EUR", "USD", "JPY", "KWD"].compactMap(SandboxCurrency.init(code:))
        var items: [SettlementItem] = []
        for number in 0..<chargeCount {
            let charge = SettlementItem(
                kind: .charge, providerReference: "cap_\(number)", providerPayment: "auth_\(number)",
                reference: "cmd_\(number)", occurredAt: Instant(microseconds: Int64(number)),
                gross: Int64.random(in: 1...100_000, using: &random), fee: Int64.random(in: 0...500, using: &random),
                currency: currencies[number % 4])
            items.append(charge)
            guard number % 5 == 4 else { continue }
            items.append(
                SettlementItem(
                    kind: .refund, providerReference: "rfd_\(number)", providerPayment: charge.providerPayment,
                    reference: "cmd_r\(number)", occurredAt: charge.occurredAt, gross: -charge.gross / 2, fee: 0,
                    currency: charge.currency))
        }
        return SettlementFile(
            day: BusinessDay(number: 20_000), coversUntil: Instant(microseconds: Int64(chargeCount)), items: items)
    }
}
