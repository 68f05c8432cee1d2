import Foundation
import Sandbox
import Storage

/// The business days of a run, kept beside the books.
///
/// A day is chosen when it is about to be closed and nothing is on its way any more: so it takes in all that came before, also
/// what came before midnight. A run that was cut off closes the days it has chosen.
struct DemoDates {
    private let path: String
    private var days: [BusinessDay] = []

    init(directory: String) throws {
        path = directory + "/demo.day"
        guard FileManager.default.fileExists(atPath: path) else { return }
        days = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map { line in
            guard let day = BusinessDay(text: String(line)) else {
                throw CommandFailure("\(line) in \(path) is no day")
            }
            return day
        }
    }

    /// The first day is number 0. One that was not chosen before is today, or the day after the one before it, if that is later.
    mutating func day(_ number: Int, now: Instant) throws -> String {
        if number < days.count { return "\(days[number])" }
        let today = BusinessDay(of: now)
        let day = max(today, days.last?.advanced(byDays: 1) ?? today)
        days.append(day)
        try Data(days.map { "\($0)\n" }.joined().utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        return "\(day)"
    }
}
