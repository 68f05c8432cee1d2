/// One number that a bench found, and what it counts.
struct BenchFigure: Sendable {
    /// What the number is in; the name of its JSON member ends in it.
    enum Unit: Sendable {
        case perSecond, microseconds, kibibytes, bytes, count
        /// Time that is a few microseconds, and is shown as such.
        case shortMicroseconds
        /// A share or a ratio in thousandths.
        case perMille
    }

    let name: String
    let unit: Unit
    let value: Int64

    init(_ name: String, _ unit: Unit, _ value: Int64) {
        self.name = name
        self.unit = unit
        self.value = value
    }

    /// `charges_per_second`, `p99_microseconds`.
    var member: String {
        let words = name.replacing(" ", with: "_")
        return switch unit {
        case .perSecond: "\(words)_per_second"
        case .microseconds, .shortMicroseconds: "\(words)_microseconds"
        case .kibibytes: "\(words)_kib"
        case .bytes: "\(words)_bytes"
        case .count: words
        case .perMille: "\(words)_per_mille"
        }
    }

    /// The heading of its column, for people: larger units than in JSON.
    var heading: String {
        switch unit {
        case .perSecond: "\(name)/s"
        case .microseconds: "\(name) ms"
        case .shortMicroseconds: "\(name) µs"
        case .kibibytes: "\(name) MiB"
        case .bytes: "\(name) bytes"
        case .count: name
        case .perMille: "\(name) %"
        }
    }

    /// What stands in the column.
    var cell: String {
        switch unit {
        case .perSecond, .bytes, .count, .shortMicroseconds: "\(value)"
        case .microseconds: Self.decimal(value / 10, digits: 2)
        case .kibibytes: "\(value / 1_024)"
        case .perMille: Self.decimal(value, digits: 1)
        }
    }

    private static func decimal(_ value: Int64, digits: Int) -> String {
        let text = String(value.magnitude)
        let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
        return (value < 0 ? "-" : "") + padded.dropLast(digits) + "." + padded.suffix(digits)
    }
}

extension [BenchFigure] {
    /// Of several runs of one load, the median of each number. All runs tell the same numbers in the same order.
    static func median(of runs: [[BenchFigure]]) -> [BenchFigure] {
        guard let first = runs.first else { return [] }
        return first.indices.map { place in
            let values = runs.map { $0[place].value }.sorted()
            return BenchFigure(first[place].name, first[place].unit, values[values.count / 2])
        }
    }
}
