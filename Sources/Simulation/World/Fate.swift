import Synchronization

/// Whether a process still lives. What is left of one that has ended may go on running, and reaches nothing any more.
final class Life: Sendable {
    private let ended = Mutex(false)

    var isOver: Bool { ended.withLock { $0 } }

    func end() { ended.withLock { $0 = true } }
}

/// What may go wrong where the product touches the world.
package enum Misfortune: String, CaseIterable, Sendable {
    // At the database
    case crash = "crash inside a batch"
    case crashAfterCommit = "crash after a commit"
    case diskFull = "disk full"
    case busy = "database busy"
    case refusedStatement = "statement refused"
    case damagedRead = "failed read"
    case unknownCommitDone = "failed sync, committed"
    case unknownCommitUndone = "failed sync, not committed"
    // At the provider
    case connectionRefused = "connection refused"
    case requestLost = "request lost"
    case requestLate = "request late"
    case requestTwice = "request delivered twice"
    case answerLost = "answer lost"
    case answerGarbled = "answer garbled"
    case providerBusy = "provider busy"
    case providerBroken = "provider error"
    // On the way of callbacks
    case callbackLost = "callback lost"
    case callbackTwice = "callback twice"
    case callbackUnacknowledged = "callback not acknowledged"
    case callbackForged = "callback forged"
    // Elsewhere
    case checkpointPlace = "outside place away"
    case publicationRefused = "publication refused"
    case publicationUnanswered = "publication unanswered"
}

/// Draws what goes wrong, and counts it. While it is at rest nothing does.
final class Fate: Sendable {
    private struct State {
        var chance: Chance
        var isAtRest = true
        var counts: [Misfortune: Int] = [:]
    }

    private let state: Mutex<State>
    /// How many times something is asked for, on average, before it happens.
    private let odds: [Misfortune: Int]

    init(_ chance: Chance, odds: [Misfortune: Int]) {
        state = Mutex(State(chance: chance))
        self.odds = odds
    }

    var isAtRest: Bool {
        get { state.withLock(\.isAtRest) }
        set { state.withLock { $0.isAtRest = newValue } }
    }

    /// Whether it happens now.
    func strikes(_ misfortune: Misfortune) -> Bool {
        state.withLock { state in
            guard !state.isAtRest, let odds = odds[misfortune], state.chance.oneIn(odds) else { return false }
            state.counts[misfortune, default: 0] += 1
            return true
        }
    }

    /// The first of several that happens now.
    func strikes(_ misfortunes: [Misfortune]) -> Misfortune? { misfortunes.first(where: strikes) }

    var counts: [Misfortune: Int] { state.withLock(\.counts) }
}
