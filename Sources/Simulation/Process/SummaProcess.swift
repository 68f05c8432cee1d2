import Delivery
import EventLog
import Ledger
import Payments
import Providers
import Reconciliation
import Storage
import Synchronization

/// One life of a serving process: a data directory opened, everything wired as in production, no thread of its own. When it
/// crashes, its files are copied as they were at that moment, and the next life opens the copy.
final class SummaProcess: @unchecked Sendable {
    static let book = BookID(rawValue: 1)

    let world: World
    let directory: String
    let life = Life()
    let database: Database
    let texts: PrivateTextStore
    let connections: ProviderConnectionStore
    let outcomes: RecordProviderOutcome
    let clockGuard: ClockGuard
    let intake: ReceiveNotification
    let providerWorker: ProviderWorker
    let view: ProjectionWorker
    let workers: [Worker]
    private let faults: FaultNotes

    /// What ended it, and where its files are, once it has.
    var ending: (cause: String, files: String)? { faults.ending }
    /// What its workers told that no worker should.
    var alarms: [String] { faults.alarms }

    /// Opens a directory as a start does: nothing but the schema is written before the log has been found to have grown out of
    /// its last checkpoint.
    /// - Parameters:
    ///   - afterlife: Where the files are to be copied when it ends.
    /// - Throws: `StorageFault.cannotOpen`, `LogBehindCheckpoint`.
    init(in directory: String, afterlife: String, world: World) throws {
        self.world = world
        self.directory = directory
        let life = life
        let notes = FaultNotes(files: directory, afterlife: afterlife, life: life)
        faults = notes
        database = try Database(
            .directory(directory), migrations: Parts.migrations, log: world.seams.log, clock: world.time.wall,
            writer: world.random.bytes(8).reduce(0) { $0 << 8 | Int64($1) } & .max,
            configuration: Self.configuration(world, life, notes), stop: { notes.end("stopped: \($0)") })
        let place = ReachedPlace(place: world.place, life: life, fate: world.fate)
        let checkpointer = Checkpointer(database: database, signer: world.signer, places: [place])
        try checkpointer.start()
        texts = PrivateTextStore(world.installationKey)
        connections = ProviderConnectionStore(world.installationKey)
        outcomes = RecordProviderOutcome(database: database, texts: texts, random: world.random)
        clockGuard = ClockGuard(database: database, clock: world.time.wall, monotonic: world.time.monotonic)
        let providers = ProviderDirectory(
            database: database, connections: connections, make: { Self.adapter(for: $0, world, life) })
        let refused = RefusedNotifications(database: database)
        intake = ReceiveNotification(
            database: database, directory: providers, outcomes: outcomes, texts: texts, refused: refused,
            clock: world.time.wall, random: world.random)
        var patience = ProviderPatience()
        patience.concurrencyMax = world.settings.concurrencyMax
        providerWorker = ProviderWorker(
            database: database, directory: providers, outcomes: outcomes, patience: patience, executor: world.executor,
            report: notes.note)
        view = ProjectionWorker(world.seams.projection, on: database, pageCount: 50)
        let payments = PaymentWorkers(
            database: database, texts: texts, outcomes: outcomes, providerWorker: providerWorker,
            checkpointer: checkpointer, refusedNotifications: refused,
            failedAuthentications: FailedAuthentications(database: database), clock: world.time.wall,
            isClockTrusted: clockGuard.isTrusted, report: notes.note)
        let breaks = AgeBreaks(database: database, isClockTrusted: clockGuard.isTrusted)
        let ageing = Worker("break ageing", rest: .minutes(1)) { now in
            try await breaks.step(now: now)
            return false
        }
        let consumer = ReachedConsumer(consumer: world.consumer, life: life, fate: world.fate)
        workers =
            [clockGuard.worker] + payments.all + [world.seams.relay(database, consumer), view.worker, ageing]
    }

    private static func configuration(_ world: World, _ life: Life, _ notes: FaultNotes) -> Database.Configuration {
        var configuration = Database.Configuration()
        configuration.runsOwnThread = false
        configuration.pagesPerCheckpoint = 200
        configuration.limits.queueCountMax = world.settings.queueCountMax
        configuration.limits.batchCountMax = world.settings.batchCountMax
        configuration.defersCommits = world.settings.defersCommits
        configuration.limits.aheadCountMin = 1
        configuration.limits.aheadPauseCount = 2
        configuration.limits.batchBytesMax = world.settings.batchBytesMax
        configuration.limits.cacheBytesMax = world.settings.cacheBytesMax
        configuration.limits.missRounds = world.settings.missRounds
        configuration.runs.rowsPerRun = world.settings.rowsPerRun
        configuration.wrapping = { inner in
            FaultyConnection(world.seams.connection(inner), life: life, fate: world.fate) { notes.end($0.rawValue) }
        }
        return configuration
    }

    private static func adapter(
        for contract: ProviderContract, _ world: World, _ life: Life
    ) -> (any PaymentProvider)? {
        let http = ProviderHTTP { await world.network.carry($0, for: life) }
        let clock = world.time.wall
        return world.seams.provider(
            SandboxProvider(
                baseURL: contract.connection.baseURL, key: contract.connection.credential, http: http,
                now: { clock.now }))
    }

    /// A worker's step failed. That the world failed is no news here; anything else is.
    func note(_ error: any Error, of worker: String) {
        if error is CheckpointPlaceFault || error is ReachedConsumer.NotAccepted { return }
        faults.note(error)
    }

    /// Ends it here, as `kill -9` would.
    func crash() { faults.end("crash between two steps") }

    /// Lets everything that still runs in it come to nothing. To be called when it has ended.
    func bury() {
        precondition(life.isOver, "only what has ended is buried")
        world.network.abandonAll()
        database.close()
        while world.executor.readyCount > 0 || database.waitingCount > 0 {
            if world.executor.readyCount > 0 { world.executor.run(at: 0) }
            if database.waitingCount > 0 { database.runBatch() }
            world.network.abandonAll()
        }
    }
}

/// What befalls one process, as it is told from wherever it happens.
final class FaultNotes: Sendable {
    private struct Notes {
        var ending: (cause: String, files: String)?
        var alarms: [String] = []
    }

    private let notes = Mutex(Notes())
    private let files: String
    private let afterlife: String
    private let life: Life

    init(files: String, afterlife: String, life: Life) {
        self.files = files
        self.afterlife = afterlife
        self.life = life
    }

    var ending: (cause: String, files: String)? { notes.withLock(\.ending) }
    var alarms: [String] { notes.withLock(\.alarms) }

    /// Ends the life, once: the files are copied as they are now.
    func end(_ cause: String) {
        notes.withLock { notes in
            guard notes.ending == nil else { return }
            life.end()
            do {
                try CrashedFiles.copy(from: files, to: afterlife)
            } catch {
                notes.alarms.append("the files could not be copied: \(error)")
            }
            notes.ending = (cause, afterlife)
        }
    }

    /// An error a worker told of. Those of a failing world are no news here.
    @Sendable func note(_ error: any Error) {
        guard !life.isOver, !(error is StorageFault) else { return }
        notes.withLock { $0.alarms.append("\(error)") }
    }
}
