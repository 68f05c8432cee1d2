import Simulation

extension SimulationReport {
    /// A good run, for people.
    var text: String {
        var table = TextTable(["log", "events", "root"])
        for log in logs { table.add([log.name, "\(log.eventCount)", log.root]) }
        let faults = Self.text(of: misfortunes)
        return """
            \(table.text)\(intentCount) callers' wishes, \(lifeCount) lives of the process, \(runCount) runs sealed
            \(faults.isEmpty ? "nothing went wrong" : faults)
            history \(history)
            ok: seed \(seed), \(stepCount) steps
            """
    }

    /// What to look at in a failed one, and how to see it again.
    var failureText: String {
        let wrong = findings.map { "wrong: \($0)" }
        return (trace + stories + wrong + ["NOT right: seed \(seed), \(stepCount) steps", "again: \(replay)"])
            .joined(separator: "\n")
    }

    static func text(of misfortunes: [Misfortune: Int]) -> String {
        Misfortune.allCases.compactMap { kind in misfortunes[kind].map { "\($0) × \(kind.rawValue)" } }
            .joined(separator: ", ")
    }
}

/// What many runs came to.
struct SimulationTally {
    private var seedCount = 0
    private var stepCount = 0
    private var lifeCount = 0
    private var eventCount: Int64 = 0
    private var intentCount = 0
    private var misfortunes: [Misfortune: Int] = [:]
    private var last: UInt64 = 0

    mutating func add(_ report: SimulationReport) {
        seedCount += 1
        stepCount += report.stepCount
        lifeCount += report.lifeCount
        intentCount += report.intentCount
        eventCount += report.logs.reduce(0) { $0 + $1.eventCount }
        misfortunes.merge(report.misfortunes) { $0 + $1 }
        last = report.seed
    }

    var line: String {
        "right up to seed \(last): \(seedCount) seeds, \(lifeCount - seedCount) restarts, \(eventCount) events"
    }

    /// After the first seed and every hundredth.
    var isWorthALine: Bool { seedCount == 1 || seedCount % 100 == 0 }

    var text: String {
        """
        ok: \(seedCount) seeds up to \(last), \(stepCount) steps, \(intentCount) callers' wishes, \(eventCount) events, \
        \(lifeCount - seedCount) restarts
        \(SimulationReport.text(of: misfortunes))
        """
    }
}
