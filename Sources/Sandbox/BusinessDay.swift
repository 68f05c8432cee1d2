import Storage

/// A day of the sandbox's books, `YYYY-MM-DD`. It ends when it is closed, and at midnight (UTC) at the latest.
package struct BusinessDay: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Days since 1970-01-01.
    package let number: Int64

    package init(number: Int64) {
        self.number = number
    }

    /// The calendar day of a moment in UTC.
    package init(of moment: Instant) {
        let (quotient, remainder) = moment.microseconds.quotientAndRemainder(dividingBy: 86_400_000_000)
        self.init(number: remainder < 0 ? quotient - 1 : quotient)
    }

    /// Reads `YYYY-MM-DD`; nil for anything else and for days that are not in the calendar.
    package init?(text: String) {
        let fields = text.split(separator: "-", omittingEmptySubsequences: false)
        guard text.utf8.count == 10, fields.map(\.utf8.count) == [4, 2, 2],
            text.utf8.allSatisfy({ (48...57).contains($0) || $0 == 45 }),
            let year = Int64(fields[0]), let month = Int64(fields[1]), let day = Int64(fields[2]),
            let number = CivilDay.number(year: year, month: month, day: day)
        else { return nil }
        self.init(number: number)
    }

    /// The last microsecond before midnight.
    var lastMoment: Instant {
        Instant(microseconds: (number + 1) * 86_400_000_000 - 1)
    }

    package func advanced(byDays days: Int64) -> BusinessDay {
        BusinessDay(number: number + days)
    }

    package static func < (left: BusinessDay, right: BusinessDay) -> Bool {
        left.number < right.number
    }

    package var description: String {
        compact.prefix(4) + "-" + compact.dropFirst(4).prefix(2) + "-" + compact.suffix(2)
    }

    /// `YYYYMMDD`, as it stands in the ids of files.
    var compact: String {
        let (year, month, day) = CivilDay.date(number: number)
        let digits = String(year * 10_000 + month * 100 + day)
        return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
    }
}
