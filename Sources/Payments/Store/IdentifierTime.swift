import Storage

/// Identifiers count on from the time: a range of times is nearly a range of them, and needs no index of its own.
enum IdentifierTime {
    /// How far identifiers may run ahead of the clock in a burst, at the very most.
    private static let headStart = Instant.Span.minutes(1)

    /// The least identifier a book gives out at this moment or later.
    static func least(at moment: Instant) -> Int64 {
        let (identifier, overflow) = max(0, moment.microseconds).multipliedReportingOverflow(by: 1 << 11)
        return overflow ? .max : identifier
    }

    /// Greater than every identifier given out until this moment.
    static func end(of moment: Instant) -> Int64 {
        least(at: moment.advanced(by: headStart))
    }
}
