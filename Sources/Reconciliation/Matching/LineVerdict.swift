/// What a line of a provider's file turned out to be.
package enum LineVerdict: Hashable, Sendable {
    /// It says what the books say.
    case matched(MovementKey)
    /// It speaks of a movement and says something else of it.
    case differs(BreakClass, MovementKey)
    /// There is no movement for it, or none left. Where one has the same name but for the case of its letters, a person is
    /// shown it.
    case unexplained(BreakClass, resembles: MovementKey?)

    package var breakClass: BreakClass? {
        switch self {
        case .matched: nil
        case .differs(let kind, _), .unexplained(let kind, _): kind
        }
    }

    /// The movement it is about.
    package var movement: MovementKey? {
        switch self {
        case .matched(let key), .differs(_, let key): key
        case .unexplained: nil
        }
    }
}
