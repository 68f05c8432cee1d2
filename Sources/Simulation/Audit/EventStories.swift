import EventLog
import Storage

/// The events that tell of what findings name, for whoever has to find out how it came to that.
struct EventStories {
    let findings: [String]
    let database: Database

    private static let nameCountMax = 4
    private static let lineCountMax = 80

    func lines() throws -> [String] {
        let names = names
        guard !names.isEmpty else { return [] }
        var lines: [String] = []
        try database.read(SummaProcess.book) { rows in
            try rows.events(after: 0, limit: .max) { sequence, bytes in
                let text = String(decoding: bytes, as: UTF8.self)
                if names.contains(where: text.contains) { lines.append("event \(sequence) \(text)") }
            }
        }
        return lines.suffix(Self.lineCountMax)
    }

    /// Words such as `pay_34wkayk6yk000` and `cap_0N8H6WDWQ26AT`, in the order they are named.
    private var names: [String] {
        var names: [String] = []
        for word in findings.flatMap({ $0.split(whereSeparator: { " :,\"()[]".contains($0) }) }) {
            let parts = word.split(separator: "_")
            guard parts.count == 2, parts[0].count <= 4, parts[1].count == 13 else { continue }
            if !names.contains(String(word)) { names.append(String(word)) }
        }
        return Array(names.prefix(Self.nameCountMax))
    }
}
