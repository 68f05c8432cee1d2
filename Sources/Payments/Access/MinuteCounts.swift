import EventLog
import Storage
import Synchronization

/// Counts by the minute what comes too often to be told one by one. Bounded: whoever invents sources without end fills nothing.
final class MinuteCounts<Kind: Hashable & Sendable>: Sendable {
    struct Slot: Hashable, Sendable {
        /// Minutes since 1970-01-01T00:00:00Z.
        let minute: Int64
        let kind: Kind
    }

    private let kindCountMax: Int
    private let others: @Sendable (Kind) -> Kind
    private let counts = Mutex<[Slot: Int64]>([:])

    /// - Parameters:
    ///   - kindCountMax: How many are told apart; further ones are counted as others.
    ///   - others: What one is counted as that there is no room for.
    init(kindCountMax: Int, others: @escaping @Sendable (Kind) -> Kind) {
        self.kindCountMax = kindCountMax
        self.others = others
    }

    func note(_ kind: Kind, at now: Instant) {
        counts.withLock { counts in
            let slot = Slot(minute: Self.minute(of: now), kind: kind)
            let isKnown = counts[slot] != nil || counts.count < kindCountMax
            counts[isKnown ? slot : Slot(minute: slot.minute, kind: others(kind)), default: 0] += 1
        }
    }

    /// Writes the counts of the minutes that are over to the installation's log; without a moment, all. Answers whether there
    /// were any. What cannot be written is counted again.
    @discardableResult
    func tell<Event: EventContent>(
        before now: Instant?, to database: Database, as actor: AllowedText,
        _ events: ([Slot: Int64]) -> [Event]
    ) async throws -> Bool {
        let due = take(before: now)
        guard !due.isEmpty else { return false }
        let events = events(due)
        do {
            try await database.write(.system, bytes: 512 * events.count) { work in
                for event in events { work.append(event, context: EventContext(actor: actor)) }
            }
        } catch {
            giveBack(due)
            throw error
        }
        return true
    }

    private func take(before now: Instant?) -> [Slot: Int64] {
        counts.withLock { counts in
            let due = counts.filter { slot, _ in now.map { slot.minute < Self.minute(of: $0) } ?? true }
            for slot in due.keys { counts[slot] = nil }
            return due
        }
    }

    private func giveBack(_ taken: [Slot: Int64]) {
        counts.withLock { $0.merge(taken) { $0 + $1 } }
    }

    private static func minute(of now: Instant) -> Int64 { now.microseconds / 60_000_000 }
}
