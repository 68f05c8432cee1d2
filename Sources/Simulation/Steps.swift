import EventLog
import Storage

/// One thing that may happen next.
enum Step: CaseIterable {
    // In the process
    case goOn, batch, work
    // Callers
    case want, askAgain, askAfterAnswer, crowd
    // The provider
    case moveNetwork, providerJobs, deliverCallback, replayCallback, payersAct
    // People
    case closeDay, handIn, adjust, confirmClock
    // The world
    case passMoment, passTime, setClock, crash

    /// How likely it is beside the others.
    var weight: Int {
        switch self {
        case .goOn: 600
        case .batch: 150
        case .work: 130
        case .want: 35
        case .askAgain: 20
        case .askAfterAnswer: 6
        case .crowd: 2
        case .moveNetwork: 120
        case .providerJobs: 20
        case .deliverCallback: 60
        case .replayCallback: 5
        case .payersAct: 5
        case .closeDay: 3
        case .handIn: 10
        case .adjust: 6
        case .confirmClock: 2
        case .passMoment: 60
        case .passTime: 5
        case .setClock: 2
        case .crash: 5
        }
    }

    static let weighed = allCases.map { (weight: $0.weight, choice: $0) }
}

extension Simulation {
    /// Draws what happens next, and lets it happen. What cannot happen now is left out: something else is drawn next.
    func step(_ number: Int) throws {
        try restartIfEnded()
        while true {
            guard let line = try perform(chance.pick(Step.weighed)) else { continue }
            return trace.note("\(number) \(line)")
        }
    }

    private func perform(_ step: Step) throws -> String? {
        switch step {
        case .goOn: goOn()
        case .batch: batch()
        case .work: work()
        case .want: ask(clients.want())
        case .askAgain: pick(clients.unanswered).map(ask)
        case .askAfterAnswer: pick(Array(clients.intents.indices)).map(ask)
        case .crowd: crowd()
        case .moveNetwork: try moveNetwork()
        case .providerJobs: try providerJobs()
        case .deliverCallback: try post.deliverOne(to: process)
        case .replayCallback: post.replayOne(to: process)
        case .payersAct: try payersAct()
        case .closeDay: try desk.closeDay(isFaithful: !world.settings.plantsDifferences || chance.oneIn(2))
        case .handIn: desk.handInOne(to: process)
        case .adjust: desk.adjustOne(in: process)
        case .confirmClock: desk.confirmClock(in: process)
        case .passMoment: pass(.milliseconds(Int64.random(in: 1...800, using: &chance)))
        case .passTime: passTime()
        case .setClock: setClock()
        case .crash: crash()
        }
    }

    private func pick<Element>(_ elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[chance.index(below: elements.count)]
    }

    // MARK: In the process

    private func goOn() -> String? {
        let count = world.executor.readyCount
        guard count > 0 else { return nil }
        let index = chance.index(below: count)
        world.executor.run(at: index)
        return "task \(index) of \(count) went on"
    }

    private func batch() -> String? {
        guard process.database.waitingCount > 0 else { return nil }
        return "batch of \(process.database.runBatch())"
    }

    private func work() -> String? {
        // The payments' way through the process is by these three; the rest has less to do.
        let busy = process.workers.indices.filter {
            ["provider worker", "relay", "clock guard"].contains(process.workers[$0].name)
        }
        let index = chance.oneIn(2) ? busy[chance.index(below: busy.count)] : chance.index(below: process.workers.count)
        return startWorker(index) ? "\(process.workers[index].name) steps" : nil
    }

    /// Lets a worker make a step. False while it still makes the one before.
    func startWorker(_ index: Int) -> Bool {
        guard !stepping.isStepping(index) else { return false }
        let worker = process.workers[index]
        let (process, world) = (process, world)
        let ended = stepping.begin(index)
        world.executor.start {
            do { _ = try await worker.step(world.time.wall.now) } catch {
                process.note(error, of: worker.name)
            }
            ended()
        }
        return true
    }

    // MARK: Callers

    func ask(_ index: Int) -> String {
        clients.ask(index, of: process)
        return clients.intents[index].name
    }

    /// More callers than may wait: some are refused at once.
    private func crowd() -> String {
        for _ in 0..<Int.random(in: 5...30, using: &chance) { _ = ask(clients.want()) }
        while world.executor.readyCount > 0 { world.executor.run(at: 0) }
        return "a crowd asked; \(process.database.waitingCount) wait"
    }

    // MARK: The provider

    private func moveNetwork() throws -> String? {
        let count = world.network.count
        return count == 0 ? nil : try world.network.move(at: chance.index(below: count))
    }

    private func providerJobs() throws -> String {
        _ = try world.sandbox.runJobs()
        return "the provider did what was due"
    }

    private func payersAct() throws -> String? {
        var chance = chance.split()
        let count = try world.sandbox.completeActions { _ in !chance.oneIn(3) }
        return count == 0 ? nil : "\(count) payers acted"
    }

    // MARK: The world

    func pass(_ span: Instant.Span) -> String {
        world.time.pass(span)
        world.network.giveUpWhatTakesTooLong()
        return "\(span.microseconds) µs passed"
    }

    private func passTime() -> String {
        let span: Instant.Span = chance.pick([
            (6, .seconds(10)), (6, .seconds(61)), (3, .minutes(20)), (2, .hours(2)), (1, .hours(26)),
        ])
        return pass(span)
    }

    private func setClock() -> String {
        guard world.time.isWallRight else {
            world.time.setWall(wrongBy: Instant.Span(microseconds: 0))
            return "our clock set right"
        }
        let wrong = Int64.random(in: -3_600_000...3_600_000, using: &chance)
        world.time.setWall(wrongBy: .milliseconds(wrong))
        return "our clock set wrong by \(wrong) ms"
    }

    private func crash() -> String {
        process.crash()
        return "crash"
    }
}
