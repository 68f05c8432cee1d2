import Storage

/// A calendar day, without a time or a zone: the day that decides a period, or from which funds count.
package struct BookingDate: Hashable, Sendable {
    /// Days since 1970-01-01; the form the database keeps.
    package let dayNumber: Int32

    /// The day of a stored number; nil outside the years 0000 to 9999.
    package init?(dayNumber: Int64) {
        guard BookingDate.range.contains(dayNumber) else { return nil }
        self.dayNumber = Int32(dayNumber)
    }

    /// Nil when the calendar has no such day.
    package init?(year: Int, month: Int, day: Int) {
        guard let number = CivilDay.number(year: Int64(year), month: Int64(month), day: Int64(day)) else { return nil }
        dayNumber = Int32(number)
    }

    /// The day on which a moment falls where clocks are `offsetSeconds` ahead of UTC.
    /// Clamped to the calendar's range, so that no moment stated from outside can trap.
    package init(of instant: Instant, offsetSeconds: Int32 = 0) {
        let local = instant.advanced(by: .seconds(Int64(offsetSeconds))).microseconds
        let (days, rest) = local.quotientAndRemainder(dividingBy: 86_400_000_000)
        let day = rest < 0 ? days - 1 : days
        dayNumber = Int32(min(max(day, BookingDate.range.lowerBound), BookingDate.range.upperBound))
    }

    /// Reads the ISO 8601 form `2026-03-31`; nil for anything else.
    package init?(text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = BookingDate.number(bytes[0..<4]), let month = BookingDate.number(bytes[5..<7]),
            let day = BookingDate.number(bytes[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The day `days` later, or earlier when negative; nil outside the calendar's range.
    package func adding(days: Int) -> BookingDate? {
        let (sum, overflow) = Int64(dayNumber).addingReportingOverflow(Int64(days))
        return overflow ? nil : BookingDate(dayNumber: sum)
    }

    /// Whole days from `earlier` to this one; negative when `earlier` is later.
    package func days(since earlier: BookingDate) -> Int {
        Int(dayNumber) - Int(earlier.dayNumber)
    }

    /// The day numbers of 0000-01-01 and 9999-12-31.
    private static let range: ClosedRange<Int64> = -719_528...2_932_896

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for digit in digits {
            guard (48...57).contains(digit) else { return nil }
            value = value * 10 + Int(digit - 48)
        }
        return value
    }
}

extension BookingDate: Comparable {
    package static func < (left: BookingDate, right: BookingDate) -> Bool {
        left.dayNumber < right.dayNumber
    }
}

extension BookingDate: CustomStringConvertible {
    /// The ISO 8601 form, `2026-03-31`.
    package var description: String {
        let (year, month, day) = CivilDay.date(number: Int64(dayNumber))
        return "\(BookingDate.padded(year, 4))-\(BookingDate.padded(month, 2))-\(BookingDate.padded(day, 2))"
    }

    package static let textByteCount = 10

    /// Writes the same into memory for `textByteCount` bytes. Answers how many they are.
    package func writeText(to start: UnsafeMutablePointer<UInt8>) -> Int {
        let (year, month, day) = CivilDay.date(number: Int64(dayNumber))
        func put(_ value: Int64, at place: Int, _ digitCount: Int) {
            var rest = value
            for digit in (place..<place + digitCount).reversed() {
                start[digit] = UInt8(truncatingIfNeeded: 48 + rest % 10)
                rest /= 10
            }
        }
        put(year, at: 0, 4)
        put(month, at: 5, 2)
        put(day, at: 8, 2)
        start[4] = UInt8(ascii: "-")
        start[7] = UInt8(ascii: "-")
        return Self.textByteCount
    }

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
