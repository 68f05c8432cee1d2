import Ledger
import Storage
import Synchronization

/// Callers that each wait for their own transaction.
struct LedgerCallers: Sendable {
    let database: Database
    let callerCount: Int

    private static let uptime = Uptime()

    /// Each calls again when it has its answer.
    /// - Returns: How long each call took.
    func run(_ count: Int, of load: LedgerLoad) async throws -> Latencies {
        let left = Atomic(count)
        return try await callers(load) { load, latencies in
            while left.subtract(1, ordering: .relaxed).oldValue > 0 {
                let start = Self.uptime.now
                try await post(&load)
                latencies.add(Self.uptime.now.since(start))
            }
        }
    }

    /// Calls come at a rate of their own, whoever still waits; with so many callers that one is always free, unless the
    /// ledger has stopped answering.
    func run(_ count: Int, at rate: FixedRate, of load: LedgerLoad) async throws -> Latencies {
        let next = Atomic(0)
        return try await callers(load) { load, latencies in
            while true {
                let index = next.add(1, ordering: .relaxed).oldValue
                guard index < count else { return }
                let moment = rate.moment(of: index)
                let early = moment.since(Self.uptime.now)
                if early > .seconds(0) { try await TaskSleeper().sleep(for: early) }
                try await post(&load)
                latencies.add(Self.uptime.now.since(moment))
            }
        }
    }

    private func post(_ load: inout LedgerLoad) async throws {
        let draft = load.next()
        _ = try await database.write(load.book, expecting: draft.expectedKeys) { work in
            try PostLedgerTransaction.perform(draft, context: LedgerLoad.context, in: &work)
        }
    }

    /// Runs them all, each with a load of its own.
    private func callers(
        _ load: LedgerLoad, _ body: @escaping @Sendable (inout LedgerLoad, inout Latencies) async throws -> Void
    ) async throws -> Latencies {
        var load = load
        return try await withThrowingTaskGroup(of: Latencies.self) { group in
            for _ in 0..<callerCount {
                let own = load.split()
                group.addTask {
                    var load = own
                    var latencies = Latencies()
                    try await body(&load, &latencies)
                    return latencies
                }
            }
            return try await group.reduce(into: Latencies()) { $0.add($1) }
        }
    }
}
