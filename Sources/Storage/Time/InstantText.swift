/// The text form of moments: RFC 3339 in UTC with six digits of fraction, `2026-03-31T08:22:44.123456Z`.
extension Instant: CustomStringConvertible {
    package static let textByteCount = 27

    package var description: String {
        String(unsafeUninitializedCapacity: Self.textByteCount) { buffer in
            writeText(to: buffer)
            return Self.textByteCount
        }
    }

    /// Writes the text form into memory for `textByteCount` bytes. Answers how many they are.
    package func writeText(to start: UnsafeMutablePointer<UInt8>) -> Int {
        writeText(to: UnsafeMutableBufferPointer(start: start, count: Self.textByteCount))
        return Self.textByteCount
    }

    /// Appends the 27 bytes of the text form; no allocation besides the buffer's own.
    package func appendText(to bytes: inout [UInt8]) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 27) { buffer in
            writeText(to: buffer)
            bytes.append(contentsOf: buffer)
        }
    }

    /// Reads `YYYY-MM-DDTHH:MM:SS[.fraction]` followed by `Z` or `±HH:MM`. Nil for anything else, for digits past microseconds,
    /// and for a moment that its offset carries out of the years 0 to 9999 in UTC, which could not be written again.
    package init?(text: String) {
        var reader = TextFields(Array(text.utf8))
        guard let year = reader.digits(4), reader.take("-"), let month = reader.digits(2), reader.take("-"),
            let day = reader.digits(2), reader.take("T") || reader.take("t"),
            let hour = reader.digits(2), reader.take(":"), let minute = reader.digits(2), reader.take(":"),
            let second = reader.digits(2), let fraction = reader.fraction(), let offset = reader.offsetSeconds(),
            reader.isAtEnd, hour < 24, minute < 60, second < 60,
            let days = CivilDay.number(year: year, month: month, day: day)
        else { return nil }
        let seconds = days * 86_400 + hour * 3_600 + minute * 60 + second - offset
        guard Self.writable.contains(seconds) else { return nil }
        self.init(microseconds: seconds * 1_000_000 + fraction)
    }

    /// Seconds from 0000-01-01 to the end of 9999-12-31, in UTC.
    private static let writable: ClosedRange<Int64> = -62_167_219_200...253_402_300_799

    private func writeText(to buffer: UnsafeMutableBufferPointer<UInt8>) {
        let (seconds, fraction) = microseconds.flooredDivision(by: 1_000_000)
        let (days, second) = seconds.flooredDivision(by: 86_400)
        let (year, month, day) = CivilDay.date(number: days)
        var position = 0
        func put(_ value: Int64, digits: Int, then separator: UInt8) {
            var rest = value
            for place in stride(from: position + digits - 1, through: position, by: -1) {
                buffer[place] = UInt8(truncatingIfNeeded: 48 + rest % 10)
                rest /= 10
            }
            buffer[position + digits] = separator
            position += digits + 1
        }
        put(year, digits: 4, then: UInt8(ascii: "-"))
        put(month, digits: 2, then: UInt8(ascii: "-"))
        put(day, digits: 2, then: UInt8(ascii: "T"))
        put(second / 3_600, digits: 2, then: UInt8(ascii: ":"))
        put(second / 60 % 60, digits: 2, then: UInt8(ascii: ":"))
        put(second % 60, digits: 2, then: UInt8(ascii: "."))
        put(fraction, digits: 6, then: UInt8(ascii: "Z"))
    }
}

/// Days of the proleptic Gregorian calendar, counted from 1970-01-01, after the arithmetic of eras of 400 years.
package enum CivilDay {
    /// The day number of a date, or nil when there is no such day.
    package static func number(year: Int64, month: Int64, day: Int64) -> Int64? {
        guard (0...9_999).contains(year), (1...12).contains(month), day >= 1, day <= length(of: month, in: year)
        else { return nil }
        let shifted = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = shifted.flooredDivision(by: 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The date of a day number.
    package static func date(number: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = (number + 719_468).flooredDivision(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    private static func length(of month: Int64, in year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension Int64 {
    fileprivate func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

/// A cursor over the fields of a fixed text form.
private struct TextFields {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { position == bytes.count }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    mutating func digits(_ count: Int) -> Int64? {
        guard position + count <= bytes.count else { return nil }
        var value: Int64 = 0
        for byte in bytes[position..<position + count] {
            guard (48...57).contains(byte) else { return nil }
            value = value * 10 + Int64(byte - 48)
        }
        position += count
        return value
    }

    /// Microseconds of the fraction; zero when there is none.
    mutating func fraction() -> Int64? {
        guard take(".") else { return 0 }
        var value: Int64 = 0
        var count = 0
        while let digit = digits(1) {
            guard count < 6 else { return nil }
            value = value * 10 + digit
            count += 1
        }
        guard count > 0 else { return nil }
        for _ in count..<6 { value *= 10 }
        return value
    }

    mutating func offsetSeconds() -> Int64? {
        if take("Z") || take("z") { return 0 }
        let sign: Int64
        if take("+") { sign = 1 } else if take("-") { sign = -1 } else { return nil }
        guard let hours = digits(2), take(":"), let minutes = digits(2), hours < 24, minutes < 60 else { return nil }
        return sign * (hours * 3_600 + minutes * 60)
    }
}
