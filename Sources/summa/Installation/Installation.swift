import AsyncHTTPClient
import EventLog
import Glibc
import HTTPAPI
import Logging
import Payments
import Providers
import Storage

/// An installation opened for writing, with everything that is passed in. One process at a time holds a database in a
/// directory; any number share one in PostgreSQL.
struct Installation: Sendable {
    let directory: DataDirectory
    let database: Database
    let checkpointer: Checkpointer
    let services: Services
    /// Speaks to providers.
    let client: HTTPClient
    let clockGuard: ClockGuard
    let clock = SystemClock()
    let random = SystemRandom()

    /// Opens the database and the directory, making what is missing. Nothing but a file's schema is written before the log has
    /// been found to have grown out of its last checkpoint outside.
    /// - Throws: `StorageFault.cannotOpen`, `InstallationFault` or `LogBehindCheckpoint`, each with a sentence for people.
    /// - Parameter providerTimeoutSeconds: How long a provider may take to answer; past it the outcome is in doubt.
    init(
        _ place: InstallationPlace, providerTimeoutSeconds: Int64 = 5,
        configuration: Database.Configuration = Database.Configuration()
    ) throws {
        directory = place.directory
        try directory.make()
        var configuration = configuration
        configuration.report = { Logger.quiet.warning("the database is in trouble", metadata: ["cause": "\($0)"]) }
        database = try Database(
            place.database, migrations: Schema.migrations, log: MerkleLog(), clock: clock,
            writer: random.writerNumber(), configuration: configuration,
            stop: { Installation.stop(because: "\($0)") })
        try directory.prepareKeys(random: random, hasBooks: try !database.heads().isEmpty)
        checkpointer = Checkpointer(
            database: database, signer: try directory.signer(),
            places: [try CheckpointDirectory(path: directory.checkpointDirectory)])
        let key = try directory.installationKey()
        clockGuard = ClockGuard(database: database, clock: clock, monotonic: Uptime())
        try checkpointer.start()
        try Self.demandNothingRestored(in: database, of: directory)
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: Self.clientConfiguration)
        let adapters = ProviderAdapters(
            client: client, timeoutSeconds: providerTimeoutSeconds, now: { [clock] in clock.now })
        services = Services(
            database: database, clock: clock, uptime: Uptime(), random: random, sleeper: TaskSleeper(),
            checkpointer: checkpointer, installationKey: key, adapter: { adapters.adapter(for: $0) },
            clockGuard: clockGuard)
    }

    /// What was answered after a backup and never signed, only the mark of the restore tells.
    private static func demandNothingRestored(in database: Database, of directory: DataDirectory) throws {
        for head in try database.heads() where try database.read(head.book, { try $0.isRestored }) {
            throw InstallationFault.restored(directory.path)
        }
    }

    var texts: PrivateTextStore { services.texts }
    var connections: ProviderConnectionStore { services.connections }

    private static var clientConfiguration: HTTPClient.Configuration {
        var configuration = ProviderHTTP.clientConfiguration
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 2 * ProviderPatience().concurrencyMax
        return configuration
    }

    /// Stopping is safer than a wrong ledger: what is on the disk is unknown, or disagrees with itself. The next start
    /// reads what is really there.
    static func stop(because sentence: String) -> Never {
        let line = "summa: stopped: \(sentence)\n"
        _ = write(STDERR_FILENO, line, line.utf8.count)
        _exit(70)
    }

    /// Opens an installation for the length of some work, and lets go of it whatever became of the work.
    static func with<T>(
        _ place: InstallationPlace, providerTimeoutSeconds: Int64 = 5,
        configuration: Database.Configuration = Database.Configuration(), _ body: (Installation) async throws -> T
    ) async throws -> T {
        let installation = try Installation(
            place, providerTimeoutSeconds: providerTimeoutSeconds, configuration: configuration)
        let result: Result<T, any Error>
        do { result = .success(try await body(installation)) } catch { result = .failure(error) }
        try await installation.close()
        return try result.get()
    }

    /// Signs what is committed and lets go of the database.
    private func close() async throws {
        try await client.shutdown()
        database.close()
        try checkpointer.step(clock.now.advanced(by: Checkpointer.newsAgeMax))
    }
}
