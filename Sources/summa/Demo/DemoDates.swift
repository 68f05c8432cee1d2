import Foundation
import Storage

/// The two business days of a run. Kept beside the books: a run that goes on after midnight closes the days it began with.
struct DemoDates {
    let first: String
    let second: String

    init(directory: String, now: Instant) throws {
        let path = directory + "/demo.day"
        if let kept = FileManager.default.contents(atPath: path) {
            let days = String(decoding: kept, as: UTF8.self).split(separator: "\n").map(String.init)
            guard days.count == 2 else { throw CommandFailure("\(path) does not name two days") }
            (first, second) = (days[0], days[1])
        } else {
            first = String(now.description.prefix(10))
            second = String(now.advanced(by: .days(1)).description.prefix(10))
            try Data("\(first)\n\(second)\n".utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        }
    }
}
