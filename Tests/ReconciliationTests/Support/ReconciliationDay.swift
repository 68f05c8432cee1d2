import SummaTestKit

extension ReconciliationStage {
    /// A day with a line of each fate: one adjusted, one whose adjustment waits, one in suspense.
    static func day() async throws -> ReconciliationStage {
        let stage = try await ReconciliationStage()
        try await stage.captured(.eur(1_000), "cap_1")
        try await stage.captured(.eur(1_000), "cap_2")
        try await stage.take([
            .init(reference: "cap_1", gross: .eur(999), fee: .eur(39)),
            .init(reference: "cap_2", gross: .eur(990), fee: .eur(39)), try .charge("cap_x", .eur(5_000)),
        ])
        try await stage.take(BankText([(.eur(1), nil)]).bytes)
        let open = try stage.breaks().map(\.row.id)
        try await stage.approve(try await stage.propose(.rounding, for: open[0]).id)
        _ = try await stage.propose(.writeOff, for: open[1])
        return stage
    }
}
