import EventLog
import Payments
import Storage

/// Lets everything come to rest: nothing fails any more, everybody asks until they are told, time passes until nobody has anything
/// left to do. What does not come to rest by then is a finding.
struct Rest {
    private let simulation: Simulation
    private static let roundCountMax = 200
    /// How often something is tried within a round that is done at once where nothing is wrong.
    private static let tryCountMax = 12
    /// The files of so many days more: what a file left out on purpose comes with the next.
    private static let lastDayCount = 2

    init(_ simulation: Simulation) {
        self.simulation = simulation
    }

    private var world: World { simulation.world }
    private var process: SummaProcess { simulation.process }

    func come() throws {
        simulation.trace.note("coming to rest")
        try simulation.restartIfEnded()
        world.time.setWall(wrongBy: Instant.Span(microseconds: 0))
        _ = simulation.desk.confirmClock(in: process)
        guard try becomeQuiet() else { return }
        for _ in 0..<Self.lastDayCount {
            simulation.trace.note(try simulation.desk.closeDay(isFaithful: true))
            guard try becomeQuiet() else { return }
        }
        simulation.trace.note("at rest")
    }

    private func becomeQuiet() throws -> Bool {
        var waits = try waits()
        var round = 0
        repeat {
            if round == Self.roundCountMax {
                simulation.findings.append("it does not come to rest: \(waits.joined(separator: ", "))")
                return false
            }
            try makeRound()
            _ = simulation.pass(span(of: round))
            waits = try self.waits()
            round += 1
        } while !waits.isEmpty
        return true
    }

    /// Short at first, for what follows at once; longer for what is tried again after long.
    private func span(of round: Int) -> Instant.Span {
        round < 20 ? .seconds(1) : round < 60 ? .minutes(1) : .minutes(30)
    }

    /// Everybody does once what they can do.
    private func makeRound() throws {
        for index in simulation.clients.unanswered where !simulation.clients.intents[index].isAsking {
            _ = simulation.ask(index)
            try finishWhatIsUnderWay()
        }
        _ = try world.sandbox.runJobs()
        _ = try world.sandbox.completeActions { _ in true }
        for _ in 0..<Self.tryCountMax {
            guard let line = try simulation.post.deliverOne(to: process) else { break }
            simulation.trace.note(line)
            try finishWhatIsUnderWay()
        }
        for index in process.workers.indices {
            _ = simulation.startWorker(index)
            try finishWhatIsUnderWay()
        }
        for _ in 0..<Self.tryCountMax where simulation.desk.handInOne(to: process) != nil {
            try finishWhatIsUnderWay()
        }
        for _ in 0..<Self.tryCountMax where simulation.desk.adjustOne(in: process) != nil {
            try finishWhatIsUnderWay()
        }
    }

    private func finishWhatIsUnderWay() throws {
        let executor = world.executor
        while executor.readyCount > 0 || process.database.waitingCount > 0 || world.network.count > 0 {
            while executor.readyCount > 0 { executor.run(at: 0) }
            process.database.runBatch()
            if executor.readyCount == 0, world.network.count > 0 {
                simulation.trace.note(try world.network.move(at: 0))
            }
        }
        if let ending = process.ending {
            simulation.findings.append("the process ended while nothing failed: \(ending.cause)")
            try simulation.restartIfEnded()
        }
    }

    // MARK: What is waited for

    private static let soon = Instant.Span.minutes(10)

    /// What keeps it from being at rest.
    private func waits() throws -> [String] {
        var waits: [String] = []
        let unanswered = simulation.clients.unanswered.count
        if unanswered > 0 { waits.append("\(unanswered) callers") }
        let callbacks = try world.sandbox.waitingCallbacks(limit: 1_000).count
        if callbacks > 0 { waits.append("\(callbacks) callbacks") }
        let next = try world.sandbox.runJobs()
        if let next, next.since(world.time.world.now) < Self.soon { waits.append("the provider's jobs") }
        if simulation.desk.hasFiles { waits.append("files") }
        if simulation.stepping.isAny || simulation.desk.isBusy || simulation.post.isBusy {
            waits.append("work under way")
        }
        return try waits + waitingRows()
    }

    private func waitingRows() throws -> [String] {
        try process.database.read(SummaProcess.book) { rows in
            var waits: [String] = []
            let commands = try ProviderCommandStore.due(
                of: OpenShop.providerAccount, at: Instant(microseconds: .max), limit: 1_000, in: rows)
            if !commands.isEmpty { waits.append("provider commands of \(commands.prefix(3).map(\.payment))") }
            if try Cursor.position(of: PaymentViewProjection.name, in: rows) < rows.asOf { waits.append("the view") }
            if world.consumer.count(of: rows.book) < Int(rows.asOf) { waits.append("the consumer of events") }
            return waits
        }
    }
}
