import EventLog
import Money
import Payments
import Storage

/// What the routes reach the domain through. Wired once, in one place, by the executable or a test.
package struct Services: Sendable {
    package let database: Database
    package let clock: any TimeSource
    /// Time that is never set: for how long things took.
    package let uptime: any TimeSource
    package let random: any RandomSource
    package let sleeper: any Sleeper
    package let checkpointer: Checkpointer
    package let currencies: CurrencyRegistry
    /// Free text of callers, kept beside the log.
    package let texts: PrivateTextStore
    package let authenticator: Authenticator
    /// Counted here, written down by whoever runs it; so with notifications that were refused.
    package let failedAuthentications: FailedAuthentications
    package let refusedNotifications: RefusedNotifications
    /// How providers are reached, and who speaks for us with each.
    package let connections: ProviderConnectionStore
    package let directory: ProviderDirectory
    /// The one door for what providers say.
    package let outcomes: RecordProviderOutcome
    package let modes: BookModes
    /// Whom a charge means that names nobody.
    package let sole: SoleParties
    /// Watches the clock that things expire by; nil where nothing does, and then there is nothing to confirm.
    package let clockGuard: ClockGuard?
    package let measures = HTTPMeasures()
    package let stop = StopFlag()

    /// - Parameter adapter: Makes who speaks for us under a contract; nil for a provider nothing here speaks to. Where there is
    ///   none at all, no notification is taken in.
    package init(
        database: Database, clock: any TimeSource, uptime: any TimeSource, random: any RandomSource,
        sleeper: any Sleeper, checkpointer: Checkpointer, installationKey: InstallationKey,
        currencies: CurrencyRegistry = .iso, adapter: @escaping ProviderDirectory.Making = { _ in nil },
        clockGuard: ClockGuard? = nil
    ) {
        self.database = database
        self.clock = clock
        self.uptime = uptime
        self.random = random
        self.sleeper = sleeper
        self.checkpointer = checkpointer
        self.currencies = currencies
        texts = PrivateTextStore(installationKey)
        authenticator = Authenticator(database: database, clock: clock)
        failedAuthentications = FailedAuthentications(database: database)
        refusedNotifications = RefusedNotifications(database: database)
        connections = ProviderConnectionStore(installationKey)
        directory = ProviderDirectory(
            database: database, connections: connections, clock: clock, make: adapter)
        outcomes = RecordProviderOutcome(database: database, texts: texts, random: random)
        modes = BookModes(database: database)
        sole = SoleParties(database: database, clock: clock)
        self.clockGuard = clockGuard
    }
}
