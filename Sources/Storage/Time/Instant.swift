/// A moment: microseconds since 1970-01-01T00:00:00Z. The only form in which time crosses a target or enters the database.
package struct Instant: Hashable, Comparable, Sendable {
    package let microseconds: Int64

    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    package static func < (left: Instant, right: Instant) -> Bool {
        left.microseconds < right.microseconds
    }

    /// This moment moved by a span. Clamped at the ends of the range, so that no span from outside can trap.
    package func advanced(by span: Span) -> Instant {
        let (sum, overflow) = microseconds.addingReportingOverflow(span.microseconds)
        guard overflow else { return Instant(microseconds: sum) }
        return Instant(microseconds: span.microseconds > 0 ? .max : .min)
    }

    /// The time from `earlier` to this moment; negative when `earlier` is later.
    package func since(_ earlier: Instant) -> Span {
        let (difference, overflow) = microseconds.subtractingReportingOverflow(earlier.microseconds)
        guard overflow else { return Span(microseconds: difference) }
        return Span(microseconds: microseconds > earlier.microseconds ? .max : .min)
    }

    /// A length of time in microseconds.
    package struct Span: Hashable, Comparable, Sendable {
        package let microseconds: Int64

        package init(microseconds: Int64) {
            self.microseconds = microseconds
        }

        package static func < (left: Span, right: Span) -> Bool {
            left.microseconds < right.microseconds
        }

        package static func milliseconds(_ count: Int64) -> Span { Span(count, times: 1_000) }
        package static func seconds(_ count: Int64) -> Span { Span(count, times: 1_000_000) }
        package static func minutes(_ count: Int64) -> Span { Span(count, times: 60_000_000) }
        package static func hours(_ count: Int64) -> Span { Span(count, times: 3_600_000_000) }
        package static func days(_ count: Int64) -> Span { Span(count, times: 86_400_000_000) }

        private init(_ count: Int64, times unit: Int64) {
            let (product, overflow) = count.multipliedReportingOverflow(by: unit)
            microseconds = overflow ? (count > 0 ? .max : .min) : product
        }
    }
}

/// Where the time comes from. Passed in, so that a test or a simulation owns the clock.
package protocol TimeSource: Sendable {
    var now: Instant { get }
}
