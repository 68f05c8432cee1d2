import EventLog
import Storage

/// One run of everything under a seed: clients, process, provider, callbacks, files and people, each step drawn, with whatever
/// may go wrong; then rest, and then everything that must be so is looked at.
package final class Simulation {
    package struct Settings: Sendable {
        package var seed: UInt64
        package var stepCount: Int
        /// How many of the last lines are kept for a failure.
        package var traceLineCount = 60
        /// Told of each line as it comes.
        package var show: (@Sendable (String) -> Void)?
        package var seams = Seams()
        /// What may go wrong: how many times it is asked for before it does, on average.
        package var odds = Settings.usualOdds

        package init(seed: UInt64, stepCount: Int) {
            self.seed = seed
            self.stepCount = stepCount
        }

        package static let usualOdds: [Misfortune: Int] = [
            .crash: 700, .crashAfterCommit: 60, .diskFull: 500, .busy: 400, .refusedStatement: 500, .damagedRead: 2_000,
            .unknownCommitDone: 150, .unknownCommitUndone: 150, .connectionRefused: 25, .requestLost: 25,
            .requestLate: 25, .requestTwice: 25, .answerLost: 12, .answerGarbled: 30, .providerBusy: 30,
            .providerBroken: 30, .callbackLost: 8, .callbackTwice: 12, .callbackUnacknowledged: 12,
            .callbackForged: 20, .checkpointPlace: 10, .publicationRefused: 12, .publicationUnanswered: 12,
        ]
    }

    let settings: Settings
    let world: World
    let clients: Clients
    let post: CallbackPost
    let desk: Desk
    let trace: Trace
    var chance: Chance
    var process: SummaProcess
    var lifeCount = 1
    /// The workers whose step has not ended, by their places.
    let stepping = SteppingWorkers()
    var findings: [String] = []
    private let directory: SimulationDirectory

    /// - Parameter directory: Where the files of the run may lie; it must be there and empty, and is emptied again.
    package init(_ settings: Settings, in path: String) throws {
        self.settings = settings
        directory = SimulationDirectory(path)
        var chance = Chance(seed: settings.seed)
        trace = Trace(keptMax: settings.traceLineCount, show: settings.show)
        world = try World(&chance, odds: settings.odds, seams: settings.seams, directory: path)
        clients = Clients(world: world, chance: chance.split())
        post = CallbackPost(world: world, chance: chance.split())
        desk = Desk(world: world, chance: chance.split())
        process = try SummaProcess(in: directory.life(1), afterlife: directory.life(2), world: world)
        self.chance = chance
    }

    deinit {
        process.crash()
        process.bury()
        for life in 1...lifeCount + 1 { CrashedFiles.remove(directory.life(life)) }
        directory.removeProvider()
    }

    /// Runs the steps, lets everything come to rest, and looks at what has come of it.
    package func run() throws -> SimulationReport {
        try found()
        world.fate.isAtRest = false
        for number in 1...max(1, settings.stepCount) where findings.isEmpty { try step(number) }
        world.fate.isAtRest = true
        if findings.isEmpty { try Rest(self).come() }
        findings += clients.findings + post.findings + desk.findings + process.alarms + world.consumer.faults
        if findings.isEmpty { findings = try Audit(self).findings() }
        return try report()
    }

    private func found() throws {
        let shop = OpenShop(process: process)
        post.send(to: try world.executor.complete(with: process.database) { try await shop.run() })
    }

    // MARK: Lives

    /// The process has ended: the next one starts from the files as they were then.
    func restartIfEnded() throws {
        guard let ending = process.ending else { return }
        trace.note("the process ended: \(ending.cause)")
        let faults = process.alarms
        process.bury()
        findings += faults
        stepping.forgetAll()
        CrashedFiles.remove(directory.life(lifeCount))
        lifeCount += 1
        do {
            process = try SummaProcess(
                in: ending.files, afterlife: directory.life(lifeCount + 1), world: world)
            trace.note("started again, life \(lifeCount)")
        } catch {
            throw NotStarted(life: lifeCount, cause: "\(error)")
        }
    }

    /// A restart that must succeed did not.
    struct NotStarted: Error {
        let life: Int
        let cause: String
    }

    // MARK: Telling

    private func report() throws -> SimulationReport {
        let logs = try process.database.heads().map { head in
            let root = try process.database.read(head.book) { try EventStore($0).rightEdge().root }
            return SimulationReport.Log(name: head.name, eventCount: head.sequence, root: "\(root)")
        }
        return SimulationReport(
            seed: settings.seed, stepCount: settings.stepCount, history: trace.digest, logs: logs, lifeCount: lifeCount,
            intentCount: clients.intents.count, runCount: try Database.runCount(in: process.directory),
            misfortunes: world.fate.counts, findings: findings, trace: trace.tail,
            stories: try EventStories(findings: findings, database: process.database).lines())
    }
}

/// Where the files of a run lie.
struct SimulationDirectory {
    let path: String

    init(_ path: String) {
        self.path = path
    }

    func life(_ number: Int) -> String { "\(path)/life-\(number)" }

    func removeProvider() {
        CrashedFiles.removeDatabase(path + "/provider.sqlite")
    }
}
