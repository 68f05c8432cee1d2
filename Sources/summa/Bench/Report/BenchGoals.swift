/// A row of the table in `docs/benchmarks.md`: what is measured, and what it is held against.
struct BenchGoal {
    let what: String
    let bench: String
    /// The load's name begins so.
    let load: String
    let figure: String
    let floor: Int64
    let goal: Int64
    /// For times, memory and bytes, where less is better.
    var isCeiling = false

    /// Rates a second, microseconds, KiB, bytes and thousandths, as the figures have them.
    static let all: [BenchGoal] = [
        BenchGoal("In process, batches of 1,000", "ledger", "batches of 1000", "transactions", 60_000, 120_000),
        BenchGoal("In process, batches of 8,000", "ledger", "batches of 8000", "transactions", 60_000, 120_000),
        BenchGoal("In process, one a call, 1 caller", "calls", "1 waiting", "transactions", 3_000, 5_000),
        BenchGoal("In process, one a call, 64 callers", "calls", "64 waiting", "transactions", 20_000, 60_000),
        BenchGoal("One hot account against spread, batches", "hot", "batches", "hot of spread", 900, 1_000),
        BenchGoal("One hot account against spread, callers", "hot", "64 waiting", "hot of spread", 900, 1_000),
        BenchGoal("Charges accepted over HTTP", "http", "accepted, 64", "charges", 8_000, 20_000),
        BenchGoal(
            "Charges accepted, p99 at 8,000/s", "http", "accepted, 8000/s", "p99", 25_000, 10_000, isCeiling: true),
        BenchGoal("Charges carried through", "http", "carried", "charges", 2_000, 6_000),
        BenchGoal("Balance reads in process", "reads", "in process, 1000", "reads", 300_000, 2_000_000),
        BenchGoal("Balance reads over HTTP", "reads", "HTTP, 64", "reads", 15_000, 40_000),
        BenchGoal("Last million against the first", "growth", "", "last of first", 600, 900),
        BenchGoal("Memory at the end", "growth", "", "peak", 1 << 20, 1 << 19, isCeiling: true),
        BenchGoal("Disk per transaction, all included", "growth", "", "each", 1_200, 800, isCeiling: true),
        BenchGoal("Restart", "growth", "", "restart", 30_000_000, 3_000_000, isCeiling: true),
    ]

    private init(
        _ what: String, _ bench: String, _ load: String, _ figure: String, _ floor: Int64, _ goal: Int64,
        isCeiling: Bool = false
    ) {
        self.what = what
        self.bench = bench
        self.load = load
        self.figure = figure
        self.floor = floor
        self.goal = goal
        self.isCeiling = isCeiling
    }

    /// Which of its two marks a figure reaches.
    func verdict(on value: Int64) -> String {
        let reaches: (Int64) -> Bool = { isCeiling ? value <= $0 : value >= $0 }
        return reaches(goal) ? "goal" : reaches(floor) ? "floor" : "below"
    }
}

extension [BenchReport] {
    /// The table of `docs/benchmarks.md`, as far as these benches were run.
    var summary: TextTable {
        var table = TextTable(["what", "measured", "floor", "goal", "reaches"])
        for goal in BenchGoal.all {
            guard let found = lazy.compactMap({ $0.figure(of: goal) }).first else { continue }
            let marks = [goal.floor, goal.goal].map { BenchFigure(found.name, found.unit, $0).cell }
            table.add([goal.what + found.unit.suffix, found.cell] + marks + [goal.verdict(on: found.value)])
        }
        return table
    }
}

extension BenchReport {
    fileprivate func figure(of goal: BenchGoal) -> BenchFigure? {
        guard name == goal.bench else { return nil }
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
