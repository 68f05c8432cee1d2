import EventLog
import Glibc
import HTTPAPI
import Payments
import Storage

/// A data directory opened for writing, with everything that is passed in. One process at a time holds it.
struct Installation: Sendable {
    let directory: DataDirectory
    let database: Database
    let checkpointer: Checkpointer
    let services: Services
    let connections: ProviderConnectionStore
    let clock = SystemClock()
    let random = SystemRandom()

    /// Opens the directory, making what is missing. Nothing is written before the log has been found to have grown out of
    /// its last checkpoint outside.
    /// - Throws: `StorageFault.cannotOpen`, `InstallationFault` or `LogBehindCheckpoint`, each with a sentence for people.
    init(path: String) throws {
        directory = DataDirectory(path: path)
        try directory.prepare(random: random)
        database = try Database(
            directory: path, migrations: Schema.migrations, log: MerkleLog(), clock: clock,
            writer: random.writerNumber(), stop: Installation.stop)
        checkpointer = Checkpointer(
            database: database, signer: try directory.signer(),
            places: [try CheckpointDirectory(path: directory.checkpointDirectory)])
        let key = try directory.installationKey()
        connections = ProviderConnectionStore(key)
        services = Services(
            database: database, clock: clock, uptime: Uptime(), random: random, sleeper: TaskSleeper(),
            checkpointer: checkpointer, installationKey: key)
        try checkpointer.start()
    }

    var texts: PrivateTextStore { services.texts }

    /// Stopping is safer than a wrong ledger: what is on the disk is unknown, or disagrees with itself. The next start
    /// reads what is really there.
    private static let stop: @Sendable (StorageFault) -> Void = { fault in
        let line = "summa: stopped: \(fault)\n"
        _ = write(STDERR_FILENO, line, line.utf8.count)
        _exit(70)
    }

    /// Signs what is committed and lets go of the directory.
    func close() throws {
        database.close()
        try checkpointer.step(clock.now.advanced(by: Checkpointer.newsAgeMax))
    }
}
