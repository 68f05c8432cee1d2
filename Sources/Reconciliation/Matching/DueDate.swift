import Ledger
import Storage

/// The time of day after which what happens belongs to the provider's next business day.
package struct CutOff: Hashable, Sendable {
    /// Seconds after midnight, UTC; a day's 86,400 for a provider that closes at midnight.
    package let secondOfDay: Int64

    /// Nil outside 1 to 86,400.
    package init?(secondOfDay: Int64) {
        guard (1...86_400).contains(secondOfDay) else { return nil }
        self.secondOfDay = secondOfDay
    }

    package static let midnight = CutOff(seconds: 86_400)

    private init(seconds: Int64) {
        secondOfDay = seconds
    }

    /// The business day a moment belongs to. What happens at the cut-off itself still belongs to the day.
    package func businessDay(of moment: Instant) -> BookingDate {
        let day = BookingDate(of: moment)
        let second = Self.microsecondOfDay(moment)
        guard second > secondOfDay * 1_000_000 else { return day }
        return day.adding(days: 1) ?? day
    }

    private static func microsecondOfDay(_ moment: Instant) -> Int64 {
        let rest = moment.microseconds % 86_400_000_000
        return rest < 0 ? rest + 86_400_000_000 : rest
    }
}

/// Whether a movement should stand in a file. What is not due yet is late by nobody's fault, and no break.
package struct Due: Hashable, Sendable {
    private let date: BookingDate
    private let coversUntil: Instant?
    private let cutOff: CutOff

    package init(in content: SettlementContent, cutOff: CutOff) {
        self.init(date: content.date, coversUntil: content.coversUntil, cutOff: cutOff)
    }

    /// - Parameters:
    ///   - date: The file's business day.
    ///   - coversUntil: The moment up to which the file says that it accounts for everything; it decides where there is one.
    package init(date: BookingDate, coversUntil: Instant?, cutOff: CutOff) {
        self.date = date
        self.coversUntil = coversUntil
        self.cutOff = cutOff
    }

    /// The last moment that belongs to the file.
    package var lastMoment: Instant {
        coversUntil
            ?? Instant(microseconds: Int64(date.dayNumber) * 86_400_000_000)
            .advanced(by: .seconds(cutOff.secondOfDay))
            // The end of the day itself is the next day's first moment.
            .advanced(by: Instant.Span(microseconds: cutOff == .midnight ? -1 : 0))
    }

    package func includes(_ moment: Instant) -> Bool {
        if let coversUntil { return moment <= coversUntil }
        return cutOff.businessDay(of: moment) <= date
    }
}
