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
    package let authenticator: Authenticator
    package let failedAuthentications: FailedAuthentications
    /// Whether a book is a test or a live one.
    package let mode: @Sendable (BookID) throws -> BookMode
    package let measures = HTTPMeasures()
    package let stop = StopFlag()

    package init(
        database: Database, clock: any TimeSource, uptime: any TimeSource, random: any RandomSource,
        sleeper: any Sleeper, checkpointer: Checkpointer, currencies: CurrencyRegistry,
        authenticator: Authenticator, failedAuthentications: FailedAuthentications,
        mode: @escaping @Sendable (BookID) throws -> BookMode
    ) {
        self.database = database
        self.clock = clock
        self.uptime = uptime
        self.random = random
        self.sleeper = sleeper
        self.checkpointer = checkpointer
        self.currencies = currencies
        self.authenticator = authenticator
        self.failedAuthentications = failedAuthentications
        self.mode = mode
    }
}
