import EventLog
import Storage

/// Ends the holds whose timers have run out, in every book. Each is a unit of work of its own, so that one that cannot be
/// ended keeps no other from it.
///
/// If the process dies between two of them, the rest are found again: what is due is read from the holds themselves.
package struct ExpireHolds: Sendable {
    private let database: Database
    private let clock: any TimeSource
    /// Whether the wall clock may be believed. While it may not, nothing expires: a hold that ends late does less harm than
    /// one that ends early.
    private let isClockTrusted: @Sendable () -> Bool
    /// Told of each hold that could not be ended; it is tried again at the next step.
    private let report: @Sendable (any Error) -> Void

    /// Holds of one book that a step ends at most.
    package static let pageCount = 1_000
    private static let context = EventContext(actor: "system:sweeper")

    package init(
        database: Database, clock: any TimeSource, isClockTrusted: @escaping @Sendable () -> Bool,
        report: @escaping @Sendable (any Error) -> Void
    ) {
        self.database = database
        self.clock = clock
        self.isClockTrusted = isClockTrusted
        self.report = report
    }

    /// Steps until it is cancelled: each second, and at once again where a book had more than a step ends.
    package func run(sleeper: any Sleeper) async throws {
        while !Task.isCancelled {
            var hasMore = false
            do { hasMore = try step() >= Self.pageCount } catch { report(error) }
            try await sleeper.sleep(for: hasMore ? .milliseconds(50) : .seconds(1))
        }
    }

    /// Puts the holds that are due now in the engine's queue to be ended. Answers how many they are.
    @discardableResult
    package func step() throws -> Int {
        // In this order: what is due by a time that was read before the clock was found right is due.
        let now = clock.now
        guard isClockTrusted() else { return 0 }
        var count = 0
        for head in try database.charges() {
            let due = try database.read(head.book) {
                try LedgerQueries($0).overdueHolds(at: now, limit: Self.pageCount)
            }
            for hold in due { expire(hold.id, of: head.book) }
            count += due.count
        }
        return count
    }

    private func expire(_ id: LedgerTransactionID, of book: BookID) {
        database.enqueue(book, expecting: [.row(LedgerTransaction.self, id), .row(Hold.self, id)]) { work in
            try Self.perform(id, in: &work)
        } completion: { [report] result in
            if case .failure(let error) = result { report(error) }
        }
    }

    /// Ends one hold if it is still open and its time has come: between the look and the lock somebody else may have been first.
    package static func perform(_ id: LedgerTransactionID, in work: inout UnitOfWork) throws {
        guard let hold = try work.find(Hold.self, id), hold.isOpen, hold.isOverdue(at: work.now) else { return }
        var journal = LedgerJournal()
        let recorded = try LedgerStore.expireHold(hold, in: &work, journal: &journal)
        work.append(recorded, journal, context: context)
    }
}
