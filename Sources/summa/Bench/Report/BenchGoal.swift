/// A row of the table in `docs/benchmarks.md`: what is measured, and what it is held against.
struct BenchGoal: Sendable {
    let what: String
    let bench: String
    /// The load's name begins so.
    let load: String
    let figure: String
    /// The databases it is asked of.
    var stores = Set(BenchStore.allCases)
    /// What may be released; nil where nothing was set.
    var floor: Int64?
    /// What we want.
    var goal: Int64?
    /// For times, memory and bytes, where less is better.
    var isCeiling = false
    /// The load of the plain ledger that does the same.
    var plain: String?

    enum Verdict: String { case goal, floor, below }

    /// Which of its marks a figure reaches; nil where there are none.
    func verdict(on value: Int64) -> Verdict? {
        let reaches: (Int64) -> Bool = { isCeiling ? value <= $0 : value >= $0 }
        if let goal, reaches(goal) { return .goal }
        guard let floor else { return goal.map { _ in .below } }
        return reaches(floor) ? .floor : .below
    }
}

/// What the books that are measured are kept in.
enum BenchStore: String, CaseIterable, Sendable { case sqlite, postgres }
