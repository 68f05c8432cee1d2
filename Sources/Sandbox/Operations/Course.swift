/// What becomes of one request, decided when it arrives.
enum Course: Hashable, Sendable {
    case succeeds
    case declined(DeclineCode)
    /// Nothing is decided until the payer has acted.
    case needsAction(Payer)
    /// The answer says `pending`; the decision comes by callback.
    case decidedLater(Decision)
    /// Succeeds, and is taken back afterwards.
    case failsAfterwards(DeclineCode)
    case timesOut(TimeOut)

    enum Payer: Hashable, Sendable {
        /// Until the `action` request tells what they did.
        case isAwaited
        case actsAlone(Decision)
    }

    enum TimeOut: Hashable, Sendable {
        /// It happened; nobody is told.
        case afterSuccess
        /// It did not happen, and a look-up says so.
        case asFailure
        /// It did not happen, and a look-up knows nothing of it.
        case withoutTrace
    }
}

/// What happens to the callbacks of a payment on their way.
enum CallbackManner: Sendable {
    case plain
    case twice
    /// The authorization's after the capture's.
    case outOfOrder
    case late
    case beforeAnswer
    /// After a forged one with the same id.
    case afterForgery
    /// After a rightly signed one that is six minutes old.
    case afterStale
}

/// How a payer's claim on a captured payment goes.
enum DisputeCourse: String, Sendable {
    case staysOpen = "stays_open"
    case won
    case lost
}
