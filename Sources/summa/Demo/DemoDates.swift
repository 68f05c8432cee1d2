import Foundation
import Sandbox
import Storage

/// The business days of a run, kept beside the books.
///
/// A day is chosen when it is about to be closed and nothing is on its way any more: so it takes in all that came before, also
/// what came before midnight. A run that was cut off closes the days it has chosen.
struct DemoDates {
    private let path: String
    private var days: [String]

    init(directory: String) {
        path = directory + "/demo.day"
        let kept = FileManager.default.contents(atPath: path) ?? Data()
        days = String(decoding: kept, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// The first day is number 0. One that was not chosen before is today, or the day after the one before it, if that is later.
    mutating func day(_ number: Int, now: Instant) throws -> String {
        if number < days.count { return days[number] }
        let today = BusinessDay(of: now)
        let next = days.last.flatMap(BusinessDay.init(text:))?.advanced(byDays: 1)
        let day = "\(max(today, next ?? today))"
        days.append(day)
        try Data(days.map { $0 + "\n" }.joined().utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        return day
    }
}
