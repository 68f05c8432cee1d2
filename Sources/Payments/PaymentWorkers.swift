import EventLog
import Ledger
import Storage

/// The workers of payments and of what they rest on, in one place for whoever starts a process: asking providers, ending holds,
/// matching orphans, taking away what has had its time, signing checkpoints, telling counts.
package struct PaymentWorkers: Sendable {
    let database: Database
    let texts: PrivateTextStore
    let outcomes: RecordProviderOutcome
    let providerWorker: ProviderWorker
    let checkpointer: Checkpointer
    let refusedNotifications: RefusedNotifications
    let failedAuthentications: FailedAuthentications
    let clock: any TimeSource
    /// While the wall clock may not be believed, nothing expires and nothing is taken away.
    let isClockTrusted: @Sendable () -> Bool
    let report: @Sendable (any Error) -> Void

    package init(
        database: Database, texts: PrivateTextStore, outcomes: RecordProviderOutcome, providerWorker: ProviderWorker,
        checkpointer: Checkpointer, refusedNotifications: RefusedNotifications,
        failedAuthentications: FailedAuthentications, clock: any TimeSource,
        isClockTrusted: @escaping @Sendable () -> Bool, report: @escaping @Sendable (any Error) -> Void
    ) {
        self.database = database
        self.texts = texts
        self.outcomes = outcomes
        self.providerWorker = providerWorker
        self.checkpointer = checkpointer
        self.refusedNotifications = refusedNotifications
        self.failedAuthentications = failedAuthentications
        self.clock = clock
        self.isClockTrusted = isClockTrusted
        self.report = report
    }

    package var all: [Worker] {
        [providerWorker.worker, holds, checkpoints, orphans, idempotency, notifications, counts]
    }

    private var holds: Worker {
        let expiry = ExpireHolds(database: database, clock: clock, isClockTrusted: isClockTrusted, report: report)
        return Worker("hold sweeper", rest: .seconds(1)) { _ in try expiry.step() >= ExpireHolds.pageCount }
    }

    private var checkpoints: Worker {
        Worker("checkpointer", rest: .milliseconds(500)) { now in
            try checkpointer.step(now)
            return false
        }
    }

    private var orphans: Worker {
        let matching = MatchOrphans(database: database, outcomes: outcomes)
        return Worker("orphan matcher", rest: .minutes(1)) { _ in
            for book in try tenantBooks() {
                var last: OrphanFactID?
                repeat { last = try await matching.step(book, after: last) } while last != nil && !Task.isCancelled
            }
            return false
        }
    }

    private var idempotency: Worker {
        let purge = PurgeIdempotency(database: database)
        return Worker("idempotency purge", rest: .minutes(1)) { now in
            try await anyTenantBook { try await purge.step($0, now: now) }
        }
    }

    private var notifications: Worker {
        let forgetting = ForgetNotifications(database: database, texts: texts)
        return Worker("notification purge", rest: .minutes(1)) { now in
            try await anyTenantBook { try await forgetting.step($0, now: now) }
        }
    }

    /// Writes the counts of the minute at hand when it ends.
    private var counts: Worker {
        Worker("refusal counts", rest: .seconds(5), finish: { await flushCounts() }) { now in
            try await refusedNotifications.step(now: now)
            try await failedAuthentications.step(now: now)
            return false
        }
    }

    private func flushCounts() async {
        do {
            try await refusedNotifications.flush()
            try await failedAuthentications.flush()
        } catch {
            report(error)
        }
    }

    // MARK: Books

    private func tenantBooks() throws -> [BookID] {
        try database.charges().map(\.book).filter(\.isTenant)
    }

    /// Does something to every tenant's book, where the clock is trusted. Answers whether any has more.
    private func anyTenantBook(_ body: (BookID) async throws -> Bool) async throws -> Bool {
        guard isClockTrusted() else { return false }
        var hasMore = false
        for book in try tenantBooks() where try await body(book) { hasMore = true }
        return hasMore
    }
}
