import JSON

/// What a bench found: a row for each load, with the medians of its runs.
struct BenchReport {
    let name: String
    let store: BenchStore
    let runCount: Int
    private(set) var rows: [(load: String, figures: [BenchFigure])] = []

    init(_ name: String, on store: BenchStore, runCount: Int) {
        self.name = name
        self.store = store
        self.runCount = runCount
    }

    mutating func add(_ load: String, runs: [[BenchFigure]]) {
        rows.append((load, .median(of: runs)))
    }

    /// A table, with a column for each number that any load has told.
    var text: String {
        var headings: [String] = []
        for figure in rows.flatMap(\.figures) where !headings.contains(figure.heading) {
            headings.append(figure.heading)
        }
        var table = TextTable(["\(name), \(store)"] + headings)
        for row in rows {
            table.add([row.load] + headings.map { heading in row.figures.first { $0.heading == heading }?.cell ?? "" })
        }
        return table.text
    }

    var json: JSONValue {
        .object([
            ("bench", .string(name)), ("store", .string(store.rawValue)), ("runs", .integer(Int64(runCount))),
            ("machine", Machine.current.json),
            ("rows", .array(rows.map { Self.json($0.load, $0.figures) })),
            ("held_against", [self].standings.json),
        ])
    }

    private static func json(_ load: String, _ figures: [BenchFigure]) -> JSONValue {
        .object([("load", .string(load))] + figures.map { ($0.member, .integer($0.value)) })
    }
}
