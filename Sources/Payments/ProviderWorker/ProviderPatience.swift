import Storage

/// How long the worker waits with a provider, and when it gives up.
package struct ProviderPatience: Sendable {
    /// How many commands of one provider account are under way at once. A provider that hangs holds up its own account.
    package var concurrencyMax = 64
    /// After that, an attempt nobody ended counts as lost. Longer than an adapter waits for an answer.
    package var lease = Instant.Span.seconds(60)
    /// From an answer that left the outcome open to the first question about it; doubled with each attempt.
    package var lookUpFirst = Instant.Span.seconds(2)
    package var lookUpLongest = Instant.Span.hours(1)
    /// From an attempt that certainly did nothing to the next; doubled with each attempt.
    package var sendAgainFirst = Instant.Span.seconds(1)
    package var sendAgainLongest = Instant.Span.minutes(10)
    /// After so many attempts a command that has certainly done nothing is given up. A payer waits for an authorization;
    /// for the rest only we do.
    package var authorizationAttemptsMax: Int64 = 8
    package var attemptsMax: Int64 = 60
    /// A doubt that lasts longer waits for a person, too.
    package var doubtMax = Instant.Span.days(1)

    package init() {}

    func lookUp(after attempt: Int64) -> Instant.Span {
        Self.doubled(lookUpFirst, after: attempt, atMost: lookUpLongest)
    }

    func sendAgain(after attempt: Int64) -> Instant.Span {
        Self.doubled(sendAgainFirst, after: attempt, atMost: sendAgainLongest)
    }

    func isSpent(_ attempt: Int64, on kind: ProviderCommand.Kind) -> Bool {
        if case .authorize = kind { return attempt >= authorizationAttemptsMax }
        return attempt >= attemptsMax
    }

    private static func doubled(_ first: Instant.Span, after attempt: Int64, atMost longest: Instant.Span)
        -> Instant.Span
    {
        let (span, overflow) = first.microseconds.multipliedReportingOverflow(by: 1 << min(max(0, attempt - 1), 40))
        return overflow ? longest : min(longest, Instant.Span(microseconds: span))
    }
}
