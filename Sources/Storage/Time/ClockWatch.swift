/// Tells whether the wall clock may be believed when something would expire or be purged by it.
///
/// A clock that is set forward by a day would end every hold and forget every key at once, and none of that can be taken
/// back. So the wall clock is held against one that nobody sets, and against the last event of the books: when it is more
/// than a minute off either, nothing expires until it agrees again or a person confirms it. A value without a clock of its
/// own; a sweeper asks it at each step and records the change it answers.
package struct ClockWatch: Sendable, Equatable {
    /// How far the wall clock may be off: more than any correction a healthy clock needs.
    package static let jumpMax = Instant.Span.seconds(60)

    /// By how much the wall clock is off, and against what.
    package enum Jump: Sendable, Equatable {
        /// Positive when the wall clock is ahead.
        case againstMonotonic(Instant.Span)
        case behindLastEvent(Instant.Span)
    }

    /// What an event is to say.
    package enum Change: Sendable, Equatable {
        case began(Jump)
        case ended
    }

    /// The jump that stands, and stops all expiring; nil while the clock is believed.
    package private(set) var jump: Jump?
    /// The wall clock when the monotonic one read zero, as it was when last believed without reserve. Never moved by small
    /// steps, or a clock that is wrong in small steps would pass.
    private var origin: Instant
    /// A person has said that the events later than the clock were written by a wrong one. Until the clock has caught up
    /// with them they are no evidence against it.
    private var acceptsBeingBehind = false

    /// - Parameter monotonic: Time since some fixed moment on a clock that nobody sets and that runs on while the machine
    ///   sleeps (`CLOCK_BOOTTIME`).
    package init(wall: Instant, monotonic: Instant.Span) {
        origin = Self.origin(wall, monotonic)
    }

    package var allowsExpiring: Bool { jump == nil }

    /// Whether something may expire by a clock that says this now: it was believed at the last look, and has not jumped since.
    package func allowsExpiring(wall: Instant, monotonic: Instant.Span) -> Bool {
        allowsExpiring && jumpNow(wall, monotonic, behind: Instant.Span(microseconds: 0)) == nil
    }

    /// Looks at the clocks. Answers a change only when one began or ended.
    /// - Parameter lastEvent: The latest time any book's head has; nil where there is none. That the clock is far ahead of
    ///   it means nothing, since a book may have been quiet.
    package mutating func observe(wall: Instant, monotonic: Instant.Span, lastEvent: Instant?) -> Change? {
        let before = jump
        let behind = lastEvent?.since(wall) ?? Instant.Span(microseconds: 0)
        if behind <= Self.jumpMax { acceptsBeingBehind = false }
        jump = jumpNow(wall, monotonic, behind: behind)
        switch (before, jump) {
        case (nil, let jump?): return .began(jump)
        case (.some, nil): return .ended
        default: return nil
        }
    }

    /// A person says that the wall clock is right: it is believed from here on, also where it is behind the last event.
    package mutating func confirm(wall: Instant, monotonic: Instant.Span) -> Change? {
        origin = Self.origin(wall, monotonic)
        acceptsBeingBehind = true
        defer { jump = nil }
        return jump == nil ? nil : .ended
    }

    private func jumpNow(_ wall: Instant, _ monotonic: Instant.Span, behind: Instant.Span) -> Jump? {
        let offset = Self.origin(wall, monotonic).since(origin)
        if offset > Self.jumpMax || offset < Self.negated(Self.jumpMax) { return .againstMonotonic(offset) }
        return behind > Self.jumpMax && !acceptsBeingBehind ? .behindLastEvent(behind) : nil
    }

    private static func origin(_ wall: Instant, _ monotonic: Instant.Span) -> Instant {
        wall.advanced(by: negated(monotonic))
    }

    private static func negated(_ span: Instant.Span) -> Instant.Span {
        Instant.Span(microseconds: span.microseconds == .min ? .max : -span.microseconds)
    }
}
