import JSON

/// What was measured for a row of `docs/benchmarks.md`, beside its marks and what plain SQL does on the same database.
struct BenchStanding {
    let goal: BenchGoal
    let found: BenchFigure
    /// Nil where the plain ledger was not measured with it, or does nothing like it.
    let plain: BenchFigure?

    fileprivate var cells: [String] {
        let marks = [goal.floor, goal.goal].map { $0.map(cell) ?? "" }
        return [goal.what + found.unit.suffix, found.cell, plain?.cell ?? ""] + marks
            + [goal.verdict(on: found.value)?.rawValue ?? ""]
    }

    private func cell(_ mark: Int64) -> String { BenchFigure(found.name, found.unit, mark).cell }

    fileprivate var json: JSONValue {
        let optional: [(String, JSONValue?)] = [
            ("plain_sql", plain.map { .integer($0.value) }), ("floor", goal.floor.map { .integer($0) }),
            ("goal", goal.goal.map { .integer($0) }),
            ("reaches", goal.verdict(on: found.value).map { .string($0.rawValue) }),
        ]
        return .object(
            [("what", .string(goal.what)), ("in", .string(found.member)), ("measured", .integer(found.value))]
                + optional.compactMap { name, value in value.map { (name, $0) } })
    }
}

extension [BenchStanding] {
    /// The table of `docs/benchmarks.md`, as far as it was measured.
    var text: String {
        var table = TextTable(["what", "measured", "plain SQL", "floor", "goal", "reaches"])
        for standing in self { table.add(standing.cells) }
        return isEmpty ? "" : table.text + "\n"
    }

    var json: JSONValue { .array(map(\.json)) }
}

extension [BenchReport] {
    /// Rows in the order of the table.
    var standings: [BenchStanding] {
        BenchGoal.all.compactMap { goal in
            guard let found = lazy.compactMap({ $0.figure(of: goal) }).first else { return nil }
            return BenchStanding(goal: goal, found: found, plain: plainFigure(of: goal))
        }
    }

    private func plainFigure(of goal: BenchGoal) -> BenchFigure? {
        guard let plain = goal.plain, let baseline = first(where: { $0.name == "baseline" }) else { return nil }
        return baseline.rows.first { $0.load == plain }?.figures.first { $0.name == "transactions" }
    }
}

extension BenchReport {
    fileprivate func figure(of goal: BenchGoal) -> BenchFigure? {
        guard name == goal.bench, goal.stores.contains(store) else { return nil }
        return rows.first { $0.load.hasPrefix(goal.load) }?.figures.first { $0.name == goal.figure }
    }
}

extension BenchFigure.Unit {
    /// What a number in a table is in, behind what it tells.
    fileprivate var suffix: String {
        switch self {
        case .perSecond: ", a second"
        case .microseconds: ", ms"
        case .shortMicroseconds: ", µs"
        case .kibibytes: ", MiB"
        case .bytes: ", bytes"
        case .perMille: ", %"
        case .count: ""
        }
    }
}
