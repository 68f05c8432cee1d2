import EventLog
import Ledger
import Storage
import Synchronization

/// Asks providers what the queue says they are to be asked, and writes down what they answer.
///
/// Each step claims what is due, as far as its account has room, and starts asking; an answer is written in a commit it shares
/// with whatever else is waiting for one. No database transaction is open while a provider is called. If the process dies
/// between a claim and its answer, the lease runs out and the provider is asked what became of it: never sent again blind.
package final class ProviderWorker: Sendable {
    private struct Lane: Hashable {
        let book: BookID
        let account: ProviderAccountID
    }

    private struct UnderWay {
        var counts: [Lane: Int] = [:]
        var asking: [ClaimedCommand: Task<Void, Never>] = [:]
        /// Those nobody could speak for when last tried, which was told once.
        var speechless: Set<Lane> = []
    }

    private let database: Database
    private let directory: ProviderDirectory
    private let claims: ClaimProviderCommands
    private let answers: RecordProviderAnswer
    private let patience: ProviderPatience
    private let executor: (any TaskExecutor)?
    private let report: @Sendable (any Error) -> Void
    private let underWay = Mutex(UnderWay())
    /// Rung by the relay when there may be something to ask, and by each answer, which makes room.
    package let bell = Doorbell()

    /// - Parameters:
    ///   - executor: Runs the calls that are under way; nil for the threads all tasks share. A step's own executor is not theirs,
    ///     for they outlive it.
    ///   - report: Told of each answer that could not be written, whose command is asked about when the lease runs out;
    ///     and once of each account nobody here can speak for, whose commands wait and keep no other from being asked.
    package init(
        database: Database, directory: ProviderDirectory, outcomes: RecordProviderOutcome,
        patience: ProviderPatience = ProviderPatience(), executor: (any TaskExecutor)? = nil,
        report: @escaping @Sendable (any Error) -> Void
    ) {
        self.database = database
        self.directory = directory
        self.patience = patience
        self.executor = executor
        self.report = report
        claims = ClaimProviderCommands(database: database)
        answers = RecordProviderAnswer(database: database, outcomes: outcomes, patience: patience)
    }

    /// Looks by itself twice a second, for what falls due without an event. The little it waits, once woken, lets the room that
    /// answers make be filled by one claim.
    package var worker: Worker {
        Worker(
            "provider worker", rest: .milliseconds(500), gathering: .milliseconds(3), bell: bell,
            finish: { await self.drain() }
        ) { now in try await self.step(now) }
    }

    /// Claims what is due now and starts asking. Answers whether there may be more to claim at once.
    package func step(_ now: Instant) async throws -> Bool {
        var hasMore = false
        for head in try database.charges() where head.book.isTenant {
            let accounts = try database.read(head.book) {
                try ProviderAccountStore.page(after: nil, limit: 1_000, in: $0)
            }
            for account in accounts {
                if try await step(account, in: head.book, now) { hasMore = true }
            }
        }
        return hasMore
    }

    /// Returns when every call that was under way has been answered and written down.
    package func drain() async {
        while let asking = underWay.withLock({ $0.asking.values.first }) { await asking.value }
    }

    private func step(_ account: ProviderAccount, in book: BookID, _ now: Instant) async throws -> Bool {
        let lane = Lane(book: book, account: account.id)
        let room = patience.concurrencyMax - underWay.withLock { $0.counts[lane] ?? 0 }
        guard room > 0 else { return false }
        // By the book's own time, which is ahead of a clock that was set back: what was written then is due now.
        let due = try database.read(book) {
            try ProviderCommandStore.due(of: account.code, at: max(now, $0.head.lastTime), limit: room, in: $0)
        }
        guard !due.isEmpty else { return false }
        guard let party = party(of: account, in: lane) else { return false }
        let claimed = try await claims.run(
            .init(
                book: book, providerAccount: account.code, commands: due.map(\.id), lease: patience.lease,
                context: RecordProviderAnswer.context))
        for command in claimed { start(command, with: party.provider, in: lane) }
        // What was due and not claimed was somebody else's; there is more only where all the room was asked for.
        return due.count == room && claimed.isEmpty
    }

    private func party(of account: ProviderAccount, in lane: Lane) -> ProviderParty? {
        do {
            guard let party = try directory.party(of: account, in: lane.book) else {
                throw NoAdapter(account: account.code, provider: account.provider)
            }
            underWay.withLock { _ = $0.speechless.remove(lane) }
            return party
        } catch {
            if underWay.withLock({ $0.speechless.insert(lane).inserted }) { report(error) }
            return nil
        }
    }

    // MARK: Asking

    private func start(_ claimed: ClaimedCommand, with provider: any PaymentProvider, in lane: Lane) {
        underWay.withLock { underWay in
            underWay.counts[lane, default: 0] += 1
            underWay.asking[claimed] = Task(executorPreference: executor) {
                await self.ask(claimed, provider, lane.book)
                self.end(claimed, in: lane)
            }
        }
    }

    private func ask(_ claimed: ClaimedCommand, _ provider: any PaymentProvider, _ book: BookID) async {
        do {
            switch claimed.task {
            case .submit: try await answers.run(await provider.submit(claimed.command), to: claimed, of: book)
            case .lookUp: try await answers.run(await provider.lookUp(claimed.command), to: claimed, of: book)
            }
        } catch {
            report(error)
        }
    }

    private func end(_ claimed: ClaimedCommand, in lane: Lane) {
        underWay.withLock { underWay in
            underWay.counts[lane, default: 1] -= 1
            underWay.asking[claimed] = nil
        }
        bell.ring()
    }
}

/// Nothing in this program speaks with that provider; its commands wait.
package struct NoAdapter: Error, Hashable {
    package let account: PathSegment
    package let provider: PathSegment

    package init(account: PathSegment, provider: PathSegment) {
        self.account = account
        self.provider = provider
    }
}
