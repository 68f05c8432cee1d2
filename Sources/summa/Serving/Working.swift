import Delivery
import EventLog
import Logging
import Payments
import Reconciliation
import Storage

/// Everything that goes on in a serving process beside the answering of requests: the relay that follows the log, the view
/// built from it, the asking of providers, and what the clock makes due.
struct Working: Sendable {
    let installation: Installation
    let patience: ProviderPatience
    let logger: Logger
    /// Where callers reach this process: told to those who ask others about the books it is in charge of.
    let url: String

    /// Works for as long as the body runs. Afterwards every worker has ended the step it was in.
    func during(_ body: () async throws -> Void) async throws {
        let workers = workers
        try installation.database.takeCharge(at: url)
        let running = Task(executorPreference: installation.database.taskExecutor) { await workers.run() }
        let result: Result<Void, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        running.cancel()
        await running.value
        try result.get()
    }

    private var workers: Workers {
        let database = installation.database
        let services = installation.services
        let clock = installation.clock
        let isClockTrusted = installation.clockGuard.isTrusted
        let providers = ProviderWorker(
            database: database, directory: services.directory, outcomes: services.outcomes, patience: patience,
            report: { report("provider worker", $0) })
        let payments = PaymentWorkers(
            database: database, texts: services.texts, outcomes: services.outcomes, providerWorker: providers,
            checkpointer: installation.checkpointer, refusedNotifications: services.refusedNotifications,
            failedAuthentications: services.failedAuthentications, clock: clock, isClockTrusted: isClockTrusted,
            report: { report("hold sweeper", $0) })
        let relay = Relay(from: database, to: InProcessPublisher(waking: [providers.bell]))
        let view = ProjectionWorker(PaymentViewProjection(), on: database)
        let breaks = AgeBreaks(database: database, isClockTrusted: isClockTrusted)
        let ageing = Worker("break ageing", rest: .minutes(1)) { now in
            try await breaks.step(now: now)
            return false
        }
        return Workers(
            [installation.clockGuard.worker] + payments.all + [relay.worker, view.worker, ageing], clock: clock,
            sleeper: TaskSleeper(), report: report)
    }

    /// A log that is not what was signed ends the process: whatever is appended to it could never be proved.
    private func report(_ worker: String, _ error: any Error) {
        if let behind = error as? LogBehindCheckpoint { Installation.stop(because: "\(behind)") }
        logger.error(
            "a step failed", metadata: ["worker": "\(worker)", "cause": "\(CardNumberScreen.masked("\(error)").text)"])
    }
}
